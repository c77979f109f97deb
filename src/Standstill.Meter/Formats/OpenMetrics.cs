using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>Reads OpenMetrics 1.0 text (https://prometheus.io/docs/specs/om/open_metrics_spec/), leniently for readings and strictly for a verdict.</summary>
/// <remarks>
/// A document that breaks any rule is refused by a strict reader; the meter would lose a whole scrape for one bad label. So both are said at once:
/// every broken rule is counted, and readings are left out only where their own line cannot be trusted (bad syntax, a count that is negative or NaN,
/// text after `# EOF`, a last line without its line break). Rules on the document as a whole (grouping, order, clashes of names, a missing `# EOF`)
/// are counted and their lines kept. Times are rounded to milliseconds. One reader per target; it is not safe for threads.
/// </remarks>
/// <param name="added">Labels that every series gets that has none of their name, such as the target's address.</param>
public sealed class OpenMetrics(ImmutableArray<Label> added)
{
    private readonly SeriesText _series = new(strict: true, added);
    private readonly List<Label> _exemplar = [];

    /// <summary>A reader that adds no labels.</summary>
    public OpenMetrics()
        : this([])
    {
    }

    /// <summary>Reads one scrape. Any bytes are read; nothing throws.</summary>
    /// <param name="text">The body.</param>
    /// <param name="timeMs">The time of readings whose line states none; they stay without one where this is null.</param>
    public Exposition Read(ReadOnlySpan<byte> text, long? timeMs = null)
    {
        var readings = ImmutableArray.CreateBuilder<Reading>();
        var rejected = Scan(text, timeMs, readings);
        return new Exposition(readings.DrainToImmutable(), rejected);
    }

    /// <summary>What a strict reader refuses in a document: nothing, if it is good OpenMetrics.</summary>
    /// <remarks>Times beyond the year 9999 are good OpenMetrics, though <see cref="Read"/> leaves them out.</remarks>
    public static DeadLetterTally Verdict(ReadOnlySpan<byte> text) => new OpenMetrics().Scan(text, null, null);

    private DeadLetterTally Scan(ReadOnlySpan<byte> text, long? timeMs, ImmutableArray<Reading>.Builder? readings)
    {
        var rejected = new DeadLetterTally();
        var rules = new FamilyRules(rejected);
        var lines = new TextLines(text);
        var eof = false;
        while (lines.Next())
        {
            var line = lines.Line;
            DeadLetterKind? fault = null;
            if (eof)
            {
                fault = TextFault.AfterEof;
            }
            else if (line.SequenceEqual("# EOF"u8))
            {
                eof = true;
            }
            else if (!lines.Ended)
            {
                fault = TextFault.CutShort;
            }
            else if (line.Length > TextFault.LineBytes)
            {
                fault = TextFault.LineTooLong;
            }
            else if (line.IsEmpty)
            {
                fault = TextFault.BlankLine;
            }
            else if (line[0] == (byte)'#')
            {
                fault = Utf8.IsValid(line) ? rules.Metadata(line, lines.Number) : TextFault.NotUtf8;
            }
            else
            {
                fault = Sample(line, lines.Number, rules, timeMs, readings);
            }

            if (fault is not null)
            {
                rejected.AddLine(fault, lines.Number, line);
            }
        }

        rules.End(lines.Number);
        if (!eof)
        {
            rejected.AddLine(TextFault.NoEof, lines.Number, lines.Line);
        }
        return rejected;
    }

    private DeadLetterKind? Sample(
        ReadOnlySpan<byte> line, long number, FamilyRules rules, long? timeMs, ImmutableArray<Reading>.Builder? readings)
    {
        if (_series.Read(line, out var series, out var at) is { } bad)
        {
            return bad;
        }
        if (Next(line, ref at, out var token) is { } noValue)
        {
            return noValue;
        }
        if (TextNumber.Double(token, out var value) is { } notNumber)
        {
            return notNumber;
        }

        double? seconds = null;
        if (at < line.Length && !IsExemplar(line, at))
        {
            if (Next(line, ref at, out token) is { } noTime)
            {
                return noTime;
            }
            if (TextNumber.Seconds(token, out var time) is { } notTime)
            {
                return notTime;
            }
            seconds = time;
        }

        var exemplar = at < line.Length;
        if (exemplar && (IsExemplar(line, at) ? Exemplar(line[(at + 1)..]) : TextFault.Trailing) is { } badExemplar)
        {
            return badExemplar;
        }

        var broken = rules.Sample(series, value, seconds, exemplar, number);
        if (readings is null || (broken is not null && !FamilyRules.LeavesTheLineGood(broken)))
        {
            return broken;
        }
        var ms = seconds is { } s ? TextNumber.Milliseconds(s) : timeMs;
        if (seconds is not null && ms is null)
        {
            return TextFault.TimeRange;
        }
        readings.Add(new Reading(series.Name, series.Labels, value, ms));
        return broken;
    }

    /// <summary>One space, and then everything up to the next space.</summary>
    private static DeadLetterKind? Next(ReadOnlySpan<byte> line, ref int at, out ReadOnlySpan<byte> token)
    {
        token = default;
        if (at >= line.Length)
        {
            return TextFault.Value;
        }
        if (line[at] != (byte)' ')
        {
            return TextFault.Spacing;
        }
        var rest = line[(at + 1)..];
        var end = rest.IndexOf((byte)' ');
        token = end < 0 ? rest : rest[..end];
        at += 1 + token.Length;
        return token.IsEmpty ? TextFault.Spacing : null;
    }

    private static bool IsExemplar(ReadOnlySpan<byte> line, int at) => line[at..].StartsWith(" #"u8);

    /// <summary><c># {labels} value [timestamp]</c>; the labels' names and values together have at most 128 characters.</summary>
    private DeadLetterKind? Exemplar(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("# {"u8))
        {
            return TextFault.Exemplar;
        }
        var rest = text[2..];
        var at = SeriesText.End(rest, strict: true);
        _exemplar.Clear();
        if (at < 2 || !Utf8.IsValid(rest[..at]) || _series.Labels(rest[1..(at - 1)], _exemplar) is not null)
        {
            return TextFault.Exemplar;
        }
        var length = 0;
        foreach (var label in _exemplar)
        {
            length += Encoding.UTF32.GetByteCount(label.Name) / 4;
            length += Encoding.UTF32.GetByteCount(label.Value) / 4;
        }
        if (length > 128 || Next(rest, ref at, out var token) is not null || TextNumber.Double(token, out _) is not null)
        {
            return TextFault.Exemplar;
        }
        if (at == rest.Length)
        {
            return null;
        }
        return Next(rest, ref at, out token) is null && TextNumber.Seconds(token, out _) is null && at == rest.Length ? null : TextFault.Exemplar;
    }
}
