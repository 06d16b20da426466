"""Forms and links of a device that belong to no journey: end a visit on a shared device, choose how it shows pages."""
