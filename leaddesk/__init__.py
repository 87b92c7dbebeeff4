"""LeadDesk: leads qualified during the call, scored by what is known, and shown on a pipeline board."""

__version__ = "0.1.0"
