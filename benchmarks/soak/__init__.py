"""Half an hour under load while everything is broken in turn: is anything lost, or said twice?"""
