terraform {
  required_providers {
    http = {
      source = "hashicorp/http"
    }
  }
}

data "http" "each" {
  for_each = toset(local.names)

  url = "${var.base_url}/instance/state?instanceName=${each.key}"

  request_headers = {
    Accept        = "application/json"
    Authorization = "Bearer ${var.api_key}"
  }
}
