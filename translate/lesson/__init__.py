"""The guided tour: its steps as data, the numbers measured from a model, and what a learner's sentence shows."""
