"""Guards disarm personal information where it lies; what they do is judged by the same rules."""
