"""What stands on a screen: the policy's prompt, buttons, the system's permission dialogs."""
