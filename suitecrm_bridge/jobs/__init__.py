"""The verbs: each job is a short sequence over the rooms below."""
