// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"
	"io"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// report is the output: a line for each step, and the provider's own messages.
type report struct{ out io.Writer }

func (r report) ok(step, text string)   { r.line("ok", step, text) }
func (r report) note(step, text string) { r.line("note", step, text) }
func (r report) fail(step, text string) { r.line("FAIL", step, text) }

func (r report) line(mark, step, text string) {
	fmt.Fprintf(r.out, "%-4s  %-13s  %s\n", mark, step, text)
}

// diagnostic writes a message as Terraform does.
func (r report) diagnostic(d diag.Diagnostic) {
	fmt.Fprintf(r.out, "\n%s: %s\n\n%s\n", severities[d.Severity()], d.Summary(), d.Detail())
}

var severities = map[diag.Severity]string{diag.SeverityError: "Error", diag.SeverityWarning: "Warning"}
