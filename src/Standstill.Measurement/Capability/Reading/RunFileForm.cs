using System.Text;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Tells the form of a run file by its first bytes.</summary>
internal static class RunFileForm
{
    /// <summary>The form; nothing where the bytes tell none.</summary>
    public static RunFileFormat? Of(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("PK\u0003\u0004"u8))
        {
            return RunFileFormat.InspectEval;
        }

        var trimmed = Trimmed(first);
        var newline = trimmed.IndexOf((byte)'\n');
        var line = newline < 0 ? trimmed : trimmed[..newline];
        if (trimmed is [(byte)'{', ..])
        {
            // A log of Inspect begins with its version and status and then says what was evaluated, which has a `task_id` of its own.
            var isRun = Has(line, "\"score_binarized\""u8) || (Has(line, "\"task_id\""u8) && !Has(line, "\"eval\""u8));
            return !isRun && (Has(trimmed, "\"eval\""u8) || Has(trimmed, "\"samples\""u8)) ? RunFileFormat.InspectJson : RunFileFormat.JsonLines;
        }

        return trimmed is [(byte)'[', ..] ? null
            : Has(line, "successes"u8) ? RunFileFormat.Counts
            : Has(line, "task_id"u8) || Has(line, "alias"u8) ? RunFileFormat.Csv
            : null;
    }

    /// <summary>Why a file is refused whose bytes tell no form.</summary>
    public static FigureFault Unknown(ReadOnlySpan<byte> first) => Trimmed(first) is [(byte)'[', ..]
        ? new FigureFault("file", "it is one JSON array", "write each run as one JSON object on a line of its own (pandas: `to_json(path, orient=\"records\", lines=True)`)")
        : Has(first, "p50_minutes"u8)
        ? new FigureFault("file", "it is a table of published horizons, not of runs", "give it to `trend`, `forecast`, `backtest` or `compare`")
        : new FigureFault("file", "the form is not known", "give JSON lines, comma-separated text with a header, or a log of Inspect");

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> first) =>
        (first.StartsWith(Encoding.UTF8.Preamble) ? first[3..] : first).TrimStart(" \t\r\n"u8);

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.IndexOf(word) >= 0;
}
