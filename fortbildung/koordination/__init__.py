"""Pages of the coordinators: who registered, whom to admit, who was there."""
