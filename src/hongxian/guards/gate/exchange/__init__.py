"""One exchange judged: what every live host of the gate's core shares, whatever brings requests."""
