"""Plans that go on from another: after a disruption, around settled routes, mended by hand."""
