variable "names" {
  type = list(string)
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
