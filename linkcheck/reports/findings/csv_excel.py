"""The same table behind a byte order mark, without which a spreadsheet misreads UTF-8."""

import codecs

from linkcheck.reports.findings.csv import CsvReport

REPORT = CsvReport(name="csv-excel", mark=codecs.BOM_UTF8)
