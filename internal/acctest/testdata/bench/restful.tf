terraform {
  required_providers {
    restful = {
      source = "magodo/restful"
    }
  }
}

provider "restful" {
  base_url = var.base_url

  security = {
    http = {
      token = {
        token = var.api_key
      }
    }
  }
}

data "restful_resource" "each" {
  for_each = toset(local.names)

  id = "/instance/state"

  query = {
    instanceName = [each.key]
  }
}
