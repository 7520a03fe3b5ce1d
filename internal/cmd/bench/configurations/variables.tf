# From a file: Terraform's time for a variable that is a list grows with the
# square of its length.
locals {
  names = split("\n", file("${path.module}/names.txt"))
}

variable "base_url" {
  type = string
}

variable "api_key" {
  type = string
}

variable "ca_cert_pem" {
  type = string
}

variable "max_concurrent_requests" {
  type = number
}
