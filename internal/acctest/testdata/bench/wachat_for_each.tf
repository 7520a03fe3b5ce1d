terraform {
  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

provider "wachat" {
  base_url    = var.base_url
  api_key     = var.api_key
  ca_cert_pem = var.ca_cert_pem
}

data "wachat_instance_state" "each" {
  for_each = toset(local.names)

  instance_name = each.key
}
