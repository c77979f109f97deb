using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Runs as comma-separated text: one line a run, or one line for an agent and a task with <c>runs</c> and <c>successes</c>.</summary>
internal static class CsvRunReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Read(TextLines lines, RunFileReader reader, bool counts)
    {
        RunColumns? columns = null;
        var raw = new RawRow();
        string Place() => $"line {lines.Number.ToString(CultureInfo.InvariantCulture)}";

        while (lines.TryRead(out var bytes))
        {
            var fault = Text(bytes, lines.IsTooLong, out var line);
            if (fault is null && line.Length == 0)
            {
                continue;
            }

            ImmutableArray<string> fields = [];
            if (fault is null && !CsvLine.TrySplit(line, out fields))
            {
                fault = new FigureFault("row", "a quote is not closed or stands inside a bare field", "quote the whole field and double the quotes within it");
            }

            if (columns is null)
            {
                fault ??= RunColumns.Read(fields, counts, out columns);
                if (fault is not null)
                {
                    reader.Fault(Place(), fault);
                    return;
                }

                continue;
            }

            raw.Clear();
            fault ??= columns.Fill(raw, fields);
            if (fault is not null)
            {
                reader.Fault(Place(), fault);
            }
            else if (!counts)
            {
                reader.Add(Place, lines.Number, raw);
            }
            else if (Counts(fields[columns.Runs], fields[columns.Successes], out var runs, out var successes) is { } miscounted)
            {
                reader.Fault(Place(), miscounted);
            }
            else
            {
                reader.Add(Place, lines.Number, raw, runs, successes);
            }
        }
    }

    private static FigureFault? Text(ReadOnlySpan<byte> bytes, bool isTooLong, out string line)
    {
        line = "";
        if (isTooLong)
        {
            return new FigureFault("line", "it is longer than 1 MiB", "write one run a line");
        }

        try
        {
            line = Strict.GetString(bytes);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return new FigureFault("line", "it is not UTF-8", "save the file as UTF-8");
        }
    }

    private static FigureFault? Counts(string runs, string successes, out int all, out int good)
    {
        good = 0;
        return !int.TryParse(runs, NumberStyles.None, CultureInfo.InvariantCulture, out all) || all < 1
            ? new FigureFault("runs", $"`{RawRow.Shown(runs)}` is not a count of runs", "give a whole number from 1 up")
            : !int.TryParse(successes, NumberStyles.None, CultureInfo.InvariantCulture, out good) || good > all
            ? new FigureFault("successes", $"`{RawRow.Shown(successes)}` is not a count from 0 to `{RawRow.Shown(runs)}`", "give a whole number that is at most the runs")
            : null;
    }
}
