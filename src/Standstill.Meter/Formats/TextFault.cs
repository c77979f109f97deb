using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>The ways in which a line of Prometheus text or OpenMetrics can be bad.</summary>
public static class TextFault
{
    /// <summary>Bytes of a line that is read at most; a series of dcgm-exporter takes about 400.</summary>
    public const int LineBytes = 64 * 1024;

    /// <summary>Labels of a series at most.</summary>
    public const int LabelLimit = 128;

    // Both formats.
    internal static readonly DeadLetterKind LineTooLong = Kind("line-too-long", "is a line of more than 65536 bytes", "drop the label that is so long");
    internal static readonly DeadLetterKind NotUtf8 = Kind("not-utf8", "is not UTF-8", "write labels in UTF-8");
    internal static readonly DeadLetterKind MetricName = Kind("metric-name", "does not start with a metric's name", "use letters, digits, `_` and `:`, no digit first");
    internal static readonly DeadLetterKind LabelName = Kind("label-name", "has a bad label name", "use letters, digits and `_`, no digit first");
    internal static readonly DeadLetterKind LabelValue = Kind("label-value", "has a label without a value in double quotes", "write `name=\"value\"`, with `\"`, `\\` and line breaks escaped");
    internal static readonly DeadLetterKind LabelSeparator = Kind("label-separator", "has labels that are not separated by one comma", "write `{a=\"1\",b=\"2\"}`");
    internal static readonly DeadLetterKind LabelTwice = Kind("label-twice", "has a label twice", "name each label once");
    internal static readonly DeadLetterKind LabelTooMany = Kind("label-too-many", "has more than 128 labels", "drop labels");
    internal static readonly DeadLetterKind Value = Kind("value", "has no value that is a decimal number, `+Inf`, `-Inf` or `NaN`", "write one number after the labels");
    internal static readonly DeadLetterKind ValueRange = Kind("value-range", "has a number beyond binary64", "write a number below 1.8e308");
    internal static readonly DeadLetterKind Time = Kind("time", "has a bad timestamp", "write milliseconds (text format) or seconds (OpenMetrics) since 1970, or none");
    internal static readonly DeadLetterKind TimeRange = Kind("time-range", "has a timestamp outside the years 1 to 9999", "check the exporter's clock and its unit of time");
    internal static readonly DeadLetterKind Trailing = Kind("trailing", "has text after the value and the timestamp", "end the line there");
    internal static readonly DeadLetterKind CutShort = Kind("cut-short", "is the last line and has no line break: it may be cut short", "send the whole body, with a line break at the end");
    internal static readonly DeadLetterKind Metadata = Kind("metadata", "is bad metadata", "write `# TYPE name type` or `# HELP name text`");

    // OpenMetrics alone: it refuses documents for more than their lines.
    internal static readonly DeadLetterKind BlankLine = Om("blank-line", "is a blank line", "leave no line empty");
    internal static readonly DeadLetterKind Spacing = Om("spacing", "is not separated by single spaces", "write one space between name, value, timestamp and exemplar, and none at the ends");
    internal static readonly DeadLetterKind Comment = Om("comment", "is a comment that is neither TYPE, UNIT, HELP nor EOF", "drop the line");
    internal static readonly DeadLetterKind NoEof = Om("no-eof", "does not end with `# EOF`: the scrape may be cut short", "end with `# EOF`");
    internal static readonly DeadLetterKind AfterEof = Om("after-eof", "comes after `# EOF`", "end the document there");
    internal static readonly DeadLetterKind MetadataTwice = Om("metadata-twice", "repeats metadata of a metric family", "give TYPE, UNIT and HELP once each");
    internal static readonly DeadLetterKind MetadataLate = Om("metadata-late", "is metadata after samples of its family", "write metadata first");
    internal static readonly DeadLetterKind Unit = Om("unit", "is a unit that is not the end of the family's name, or one of an info or stateset", "name the family `…_unit`");
    internal static readonly DeadLetterKind Clash = Om("name-clash", "has a name that another metric family has", "keep the samples of a family together, and its suffixes to itself");
    internal static readonly DeadLetterKind Grouping = Om("grouping", "interrupts the samples of another series of its family", "keep the samples of a series together");
    internal static readonly DeadLetterKind TimeOrder = Om("time-order", "goes back in time, or has a timestamp where the series' other samples have none", "write the samples of a series in the order of time, all with timestamps or none");
    internal static readonly DeadLetterKind SampleTwice = Om("sample-twice", "is the same series again, without a timestamp", "write each series once");
    internal static readonly DeadLetterKind TypeLabel = Om("type-label", "lacks the label of its type, or has a bad one", "write `le` on buckets, `quantile` from 0 to 1 on summaries, the family's name on a stateset");
    internal static readonly DeadLetterKind TypeValue = Om("type-value", "has a value that its type does not have", "counts and sums are not negative and not NaN, states are 0 or 1, an info is 1");
    internal static readonly DeadLetterKind Buckets = Om("buckets", "ends a histogram that is not whole", "buckets rise to `+Inf`, which equals the count; count and sum come together");
    internal static readonly DeadLetterKind Exemplar = Om("exemplar", "has a bad exemplar", "write ` # {labels} value [timestamp]`, at most 128 characters of labels");
    internal static readonly DeadLetterKind ExemplarPlace = Om("exemplar-place", "has an exemplar where none may be", "write exemplars on buckets and on the totals of counters");

    private static DeadLetterKind Kind(string name, string message, string remedy) => new("text/" + name, message, remedy);

    private static DeadLetterKind Om(string name, string message, string remedy) => new("openmetrics/" + name, message, remedy);
}
