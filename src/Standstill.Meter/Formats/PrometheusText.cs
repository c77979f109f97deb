using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>Reads the Prometheus text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format), line by line: a bad line is counted and left out, and
/// the good ones around it are kept.</summary>
/// <remarks>
/// The last line counts only with its line break: without it `113.6` may have been `113611`, and a number that nobody sent would be invented.
/// A carriage return before the line break is dropped. Comments are skipped; TYPE and HELP are looked at only for their form. Empty labels are
/// left out, which the format calls equal. One reader per target remembers its series; it is not safe for threads.
/// </remarks>
/// <param name="added">Labels that every series gets that has none of their name, such as the target's address.</param>
public sealed class PrometheusText(ImmutableArray<Label> added)
{
    private readonly SeriesText _series = new(strict: false, added);

    /// <summary>A reader that adds no labels.</summary>
    public PrometheusText()
        : this([])
    {
    }

    /// <summary>Reads one scrape. Any bytes are read; nothing throws.</summary>
    /// <param name="text">The body.</param>
    /// <param name="timeMs">The time of readings whose line states none; they stay without one where this is null.</param>
    public Exposition Read(ReadOnlySpan<byte> text, long? timeMs = null)
    {
        var readings = ImmutableArray.CreateBuilder<Reading>();
        var rejected = new DeadLetterTally();
        var lines = new TextLines(text);
        while (lines.Next())
        {
            var line = lines.Line.EndsWith((byte)'\r') ? lines.Line[..^1] : lines.Line;
            line = line.TrimStart(" \t"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            var fault = !lines.Ended ? TextFault.CutShort
                : line.Length > TextFault.LineBytes ? TextFault.LineTooLong
                : line[0] == (byte)'#' ? Comment(line)
                : Sample(line, timeMs, readings);
            if (fault is not null)
            {
                rejected.AddLine(fault, lines.Number, lines.Line);
            }
        }
        return new Exposition(readings.DrainToImmutable(), rejected);
    }

    private DeadLetterKind? Sample(ReadOnlySpan<byte> line, long? time, ImmutableArray<Reading>.Builder readings)
    {
        if (_series.Read(line, out var series, out var end) is { } bad)
        {
            return bad;
        }

        var value = Token(line, ref end);
        if (TextNumber.Double(value, out var number) is { } notNumber)
        {
            return notNumber;
        }
        var stamp = Token(line, ref end);
        if (!stamp.IsEmpty)
        {
            if (TextNumber.Milliseconds(stamp, out var ms) is { } notTime)
            {
                return notTime;
            }
            time = ms;
        }
        if (!Token(line, ref end).IsEmpty)
        {
            return TextFault.Trailing;
        }

        readings.Add(new Reading(series.Name, series.Labels, number, time));
        return null;
    }

    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> line, ref int at)
    {
        while (at < line.Length && SeriesText.IsBlank(line[at]))
        {
            at++;
        }
        var start = at;
        while (at < line.Length && !SeriesText.IsBlank(line[at]))
        {
            at++;
        }
        return line[start..at];
    }

    private static DeadLetterKind? Comment(ReadOnlySpan<byte> line)
    {
        var at = 1;
        var word = Token(line, ref at);
        var type = word.SequenceEqual("TYPE"u8);
        if (!type && !word.SequenceEqual("HELP"u8))
        {
            return null;
        }

        var name = Token(line, ref at);
        if (name.IsEmpty || char.IsAsciiDigit((char)name[0]))
        {
            return TextFault.Metadata;
        }
        foreach (var b in name)
        {
            if (!SeriesText.IsNameByte(b))
            {
                return TextFault.Metadata;
            }
        }
        if (!type)
        {
            return null;
        }

        var kind = Token(line, ref at);
        var known = kind.SequenceEqual("gauge"u8) || kind.SequenceEqual("counter"u8) || kind.SequenceEqual("untyped"u8)
            || kind.SequenceEqual("histogram"u8) || kind.SequenceEqual("summary"u8);
        return known && Token(line, ref at).IsEmpty ? null : TextFault.Metadata;
    }
}
