"""The few addresses that are no page: sign-in, registration, downloads, health."""
