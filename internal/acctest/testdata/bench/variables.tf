variable "base_url" {
  type = string
}

variable "api_key" {
  type = string
}

variable "ca_cert_pem" {
  type = string
}

variable "instances" {
  type = number
}

locals {
  names = [for i in range(var.instances) : format("t1_bench_%04d", i)]
}
