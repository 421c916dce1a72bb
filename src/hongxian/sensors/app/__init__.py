"""Sensor ``app``: reads an app package and says what its code and manifest can do."""
