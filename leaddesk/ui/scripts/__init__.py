"""The scripts room: read, try and change what is asked on a call, and adopt it as a new version."""
