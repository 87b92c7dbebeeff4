"""Moving a lead: what a gate still asks, the reason a stage wants, and one step that saves it all."""
