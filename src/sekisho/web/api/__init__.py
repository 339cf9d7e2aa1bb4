"""The HTTP interface for programs: what pages show and change, as JSON, described by OpenAPI; loaded only to serve."""
