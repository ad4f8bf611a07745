"""A local stand-in for AWS, for tests that deploy with the real `cdk` command line.

It is the moto server with the gaps closed that deploying, updating and destroying an instance runs into.
Every folder is a service. A module is named after what it takes care of, and closes its gap by being
imported."""
