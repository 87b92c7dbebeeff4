"""What a person can do: one function per verb, each run inside one named step."""
