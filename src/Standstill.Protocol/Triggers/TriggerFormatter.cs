using System.Globalization;
using System.Text;

namespace Standstill.Protocol.Triggers;

/// <summary>Writes a trigger in its one canonical text.</summary>
/// <remarks>Every clause is written, defaults too; the terms of a level's outermost <c>and</c> or <c>or</c> stand on lines of their own;
/// parentheses stand only where they are needed. Lines end with LF, the last one with nothing. Reading the text gives an equal trigger.</remarks>
public static class TriggerFormatter
{
    private const string Break = "\n          ";

    /// <summary>The canonical text of a trigger.</summary>
    public static string Format(Trigger trigger)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"trigger \"{trigger.Name}\" version {trigger.Version}");
        foreach (var (level, condition) in trigger.Levels)
        {
            text.Append("\n  ").Append(Word(level).PadRight(7)).Append(" when ").Append(Outermost(condition));
        }

        text.Append("\n  ").Append(Format(trigger.Evidence));
        text.Append("\n  ").Append(Format(trigger.Undetermined));
        return text.ToString();
    }

    /// <summary>The canonical text of a condition, on one line.</summary>
    public static string Format(Condition condition) => condition switch
    {
        Condition.Compare atom => Compare(atom),
        Condition.PanelVotesRelease => "panel votes release",
        Condition.And and => string.Join(" and ", and.Terms.Select(InAnd)),
        Condition.Or or => string.Join(" or ", or.Terms.Select(Format)),
        Condition.AtLabs labs => string.Create(CultureInfo.InvariantCulture, $"{InLabs(labs.Inner)} at {labs.Count} or more labs"),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "not a condition"),
    };

    /// <summary>The canonical text of an evidence clause.</summary>
    public static string Format(EvidenceClause clause) =>
        string.Create(CultureInfo.InvariantCulture, $"evidence from at least {clause.Sources} independent evaluator{(clause.Sources == 1 ? "" : "s")}")
        + (clause.OldestDays is { } days ? ", none older than " + Days(days) : "");

    /// <summary>The canonical text of an undetermined clause.</summary>
    public static string Format(WhenUndetermined rule) => rule switch
    {
        WhenUndetermined.HoldsTheLastVerdict => "undetermined holds the last verdict",
        WhenUndetermined.CountsAsMet => "undetermined counts as met",
        _ => "undetermined counts as not met",
    };

    /// <summary>The word of a level.</summary>
    public static string Word(TriggerLevel level) => level switch
    {
        TriggerLevel.Watch => "watch",
        TriggerLevel.Warn => "warn",
        TriggerLevel.Pause => "pause",
        _ => "release",
    };

    /// <summary>The sign of a comparison.</summary>
    public static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Above => ">",
        Comparison.AtLeast => ">=",
        Comparison.Below => "<",
        _ => "<=",
    };

    private static string Outermost(Condition condition) => condition switch
    {
        Condition.And and => string.Join(Break + "and ", and.Terms.Select(InAnd)),
        Condition.Or or => string.Join(Break + "or ", or.Terms.Select(Format)),
        _ => Format(condition),
    };

    private static string InAnd(Condition term) => term is Condition.Or ? $"({Format(term)})" : Format(term);

    private static string InLabs(Condition inner) => inner is Condition.Compare or Condition.PanelVotesRelease ? Format(inner) : $"({Format(inner)})";

    private static string Compare(Condition.Compare atom) =>
        $"{atom.Indicator.Text} {Sign(atom.Comparison)} {atom.Threshold}"
        + (atom.Confidence is { } confidence ? " with confidence " + Quantity.Write(confidence, ThresholdUnit.Percent) : "")
        + (atom.SustainedDays is { } days ? " sustained for " + Days(days) : "");

    private static string Days(int days) => Quantity.Write(days, ThresholdUnit.Days);
}
