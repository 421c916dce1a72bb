"""A plugin of pytest: tests run against the compiled layers of the gate, where there are some."""

from hongxian.guards.gate.fast import use

use()
