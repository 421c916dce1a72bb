"""The traffic sensor: logs of interfaces in, observations, an inventory and facts out."""
