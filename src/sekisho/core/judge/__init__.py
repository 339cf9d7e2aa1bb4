"""The judge: one class, its confidence and its reasons for a mail flow; pure, and told everything it uses."""
