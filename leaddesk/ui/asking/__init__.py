"""One question asked: its wording, its answers on digits and the line for what must be typed; knows no call."""
