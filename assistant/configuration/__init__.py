"""Where the settings come from: a policyqa.toml, then the environment, secrets from files of their own (设置的来源)."""
