"""What has no model of the domain and knows nothing of clinics."""
