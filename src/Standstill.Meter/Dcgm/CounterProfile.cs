using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Dcgm;

/// <summary>A list of counters of dcgm-exporter, a CSV file of <c>field, type, help</c>: which fields it turns on. Lines that start with `#` are comments, and
/// so are fields behind a `#`.</summary>
/// <param name="Enabled">The names of the fields that are exported as metrics, in the file's order.</param>
/// <param name="Labels">The names of the fields that are exported as labels.</param>
/// <param name="Rejected">Lines that are neither.</param>
public sealed record CounterProfile(ImmutableArray<string> Enabled, ImmutableArray<string> Labels, DeadLetterTally Rejected)
{
    private static readonly DeadLetterKind BadLine =
        new("counters/line", "is no line of a list of counters", "write `FIELD, gauge|counter|label, help`");

    /// <summary>What the meter needs and this profile does not turn on.</summary>
    public ImmutableArray<MissingQuantity> Missing => MissingQuantity.From(Enabled);

    /// <summary>Reads a list of counters. Any text is read; nothing throws.</summary>
    public static CounterProfile Read(string csv)
    {
        var enabled = ImmutableArray.CreateBuilder<string>();
        var labels = ImmutableArray.CreateBuilder<string>();
        var rejected = new DeadLetterTally();
        var number = 0;
        foreach (var raw in csv.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }
            var comma = line.IndexOf(',');
            var rest = comma < 0 ? default : line[(comma + 1)..];
            var second = rest.IndexOf(',');
            var name = comma < 0 ? default : line[..comma].Trim();
            switch (second < 0 ? default : rest[..second].Trim())
            {
                case "gauge" or "counter" or "histogram" or "summary" when !name.IsEmpty:
                    enabled.Add(name.ToString());
                    break;
                case "label" when !name.IsEmpty:
                    labels.Add(name.ToString());
                    break;
                default:
                    rejected.Add(BadLine, $"line {number}", line.ToString());
                    break;
            }
        }
        return new CounterProfile(enabled.DrainToImmutable(), labels.DrainToImmutable(), rejected);
    }
}
