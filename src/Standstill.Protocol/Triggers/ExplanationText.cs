using System.Globalization;
using System.Text;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Triggers;

/// <summary>Writes findings as indented plain text, for the terminal and for pages.</summary>
/// <remarks>Two spaces a step; lines end with LF, the last one with nothing. Quantities are in the unit of the threshold.</remarks>
public static class ExplanationText
{
    /// <summary>Every level of an evaluation.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="asOf">The time of the evaluation: ages are counted to it.</param>
    public static string Of(TriggerEvaluation evaluation, DateTimeOffset asOf) =>
        string.Join('\n', evaluation.Levels.Select(finding => Of(finding, asOf)));

    /// <summary>One level.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="asOf">The time of the evaluation: ages are counted to it.</param>
    public static string Of(LevelFinding finding, DateTimeOffset asOf)
    {
        var text = new StringBuilder(TriggerFormatter.Word(finding.Level)).Append(": ").Append(Word(finding.Raw));
        if (finding.Effective != finding.Raw)
        {
            text.Append(", counts as ").Append(Word(finding.Effective));
        }

        Write(text, finding.Explanation, 1, asOf, label: "");
        return text.ToString();
    }

    /// <summary>A verdict in words.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.NotMet => "not met",
        _ => "undetermined",
    };

    private static void Write(StringBuilder text, Explanation explanation, int depth, DateTimeOffset asOf, string label)
    {
        Line(text, depth).Append(label).Append(explanation.Clause).Append(": ").Append(Word(explanation.Verdict));
        if (explanation.Reason is not (Reason.Settled or Reason.FromParts))
        {
            text.Append(" (").Append(explanation.Reason.Text).Append(')');
        }

        switch (explanation)
        {
            case Explanation.Combined combined:
                foreach (var part in combined.Parts)
                {
                    Write(text, part, depth + 1, asOf, label: "");
                }

                break;
            case Explanation.Labs labs:
                foreach (var finding in labs.Findings)
                {
                    Write(text, finding.Explanation, depth + 1, asOf, $"{finding.Lab}: ");
                }

                break;
            case Explanation.Sustained sustained:
                if (sustained.Run is { } run)
                {
                    Line(text, depth + 1).Append("shown met for ").Append(WholeDays(run.Length(asOf)));
                }

                Write(text, sustained.Inner, depth + 1, asOf, label: "");
                break;
            case Explanation.Compared compared:
                Write(text, compared, depth + 1, asOf);
                break;
        }
    }

    private static void Write(StringBuilder text, Explanation.Compared compared, int depth, DateTimeOffset asOf)
    {
        if (compared.Confidence is not { } confidence)
        {
            Line(text, depth).Append("no confidence is demanded: point estimates are compared");
        }
        else if (compared.Probability is { } probability)
        {
            Line(text, depth).Append("probability ").Append(Range(probability)).Append(", demanded ").Append(confidence);
        }

        foreach (var source in compared.Sources)
        {
            Line(text, depth).Append('`').Append(source.Source).Append("` of ").Append(Day(source.Date)).Append(", ")
                .Append(WholeDays(asOf - new DateTimeOffset(source.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))).Append(" old")
                .Append(source.Entries.Length == 1 ? ", entry " : ", entries ").AppendJoin(", ", source.Entries)
                .Append(": ").Append(Use(source.Use, compared));
        }
    }

    private static string Use(SourceUse use, Explanation.Compared compared) => use switch
    {
        SourceUse.Stale stale => "too old since " + Day(DateOnly.FromDateTime(stale.Since.UtcDateTime)),
        SourceUse.Silent => "says nothing of it",
        SourceUse.Counted counted => Figure(counted, compared.Threshold)
            + (compared.Confidence is not null && counted.HasInterval ? ", probability " + Range(counted.Probability) : ""),
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "not a use"),
    };

    private static string Figure(SourceUse.Counted counted, Quantity threshold)
    {
        var point = counted.Point is { } value ? "point " + Amount(value, threshold) + ", " : "";
        return counted.HasInterval
            ? $"{point}median {Range(counted.Median, threshold)}, 95 % limits {Amount(counted.Low.Low, threshold)} to {Amount(counted.High.High, threshold)}"
            : $"{(point.Length > 0 ? point : "between " + Amount(counted.Median.Low, threshold) + " and " + Amount(counted.Median.High, threshold) + ", ")}no interval published";
    }

    private static string Range(ProbabilityBounds probability) =>
        probability.Low == probability.High ? probability.Low.ToString() : $"{probability.Low} to {probability.High}";

    private static string Range(QuantileBounds bounds, Quantity threshold) =>
        bounds.Low == bounds.High ? Amount(bounds.Low, threshold)
        : double.IsPositiveInfinity(bounds.High) ? "at least " + Amount(bounds.Low, threshold)
        : Amount(bounds.Low, threshold) + " to " + Amount(bounds.High, threshold);

    private static string Amount(double measured, Quantity threshold) => double.IsInfinity(measured)
        ? "no limit"
        : Quantity.Write((measured / (double)threshold.PerUnit).ToString("0.###", CultureInfo.InvariantCulture), threshold.Unit);

    private static string WholeDays(TimeSpan span) => Quantity.Write((decimal)Math.Floor(span.TotalDays), ThresholdUnit.Days);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static StringBuilder Line(StringBuilder text, int depth) => text.Append('\n').Append(' ', 2 * depth);
}
