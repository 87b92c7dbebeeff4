"""LeadDesk without a window: the same verbs from a shell."""
