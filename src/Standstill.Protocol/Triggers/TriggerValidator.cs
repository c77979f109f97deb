using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Standstill.Protocol.Triggers;

/// <summary>The part of a node at which a rule is broken.</summary>
internal enum TriggerPart
{
    Whole,
    Name,
    Version,
    Sources,
    Age,
    Threshold,
    Confidence,
    Sustained,
    Count,
}

/// <summary>A broken rule.</summary>
/// <param name="Node">The condition or level clause, compared by reference; the draft itself for what stands outside the levels.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What would make it right.</param>
internal sealed record BrokenRule(object Node, TriggerPart Part, string Message, string Remedy);

/// <summary>What holds of every trigger beyond its grammar, in one place for texts and for trees.</summary>
internal static class TriggerValidator
{
    private const int MostDays = 3650;
    private const int MostSources = 100;
    private const int MostLabs = 1000;
    private const int MostVersion = 1_000_000;
    private const int LongestName = 100;

    /// <summary>The draft, if it breaks no rule.</summary>
    /// <exception cref="ArgumentException">It breaks one.</exception>
    public static TriggerDraft Checked(TriggerDraft draft) =>
        Broken(draft) is [var first, ..] ? throw new ArgumentException(first.Message + "; " + first.Remedy, nameof(draft)) : draft;

    /// <summary>Every rule that a draft breaks, in the order of the text.</summary>
    public static ImmutableArray<BrokenRule> Broken(TriggerDraft draft)
    {
        ImmutableArray<BrokenRule> broken =
        [
            .. OfName(draft),
            .. OfRange(draft, TriggerPart.Version, "the version", draft.Version, MostVersion),
            .. OfLevels(draft),
            .. draft.Levels.SelectMany(clause => OfCondition(clause.Condition, clause.Level, labs: null)),
            .. OfRange(draft, TriggerPart.Sources, "the number of evaluators", draft.Evidence.Sources, MostSources),
            .. OfRange(draft, TriggerPart.Age, "the age in days", draft.Evidence.OldestDays, MostDays),
        ];
        return broken.IsEmpty ? [.. OfSize(draft)] : broken;
    }

    private static IEnumerable<BrokenRule> OfName(TriggerDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name))
        {
            yield return new(draft, TriggerPart.Name, "the name is blank", "name the trigger");
        }
        else if (draft.Name.Length > LongestName)
        {
            yield return new(
                draft, TriggerPart.Name, Text($"the name has {draft.Name.Length} characters"), Text($"shorten it to at most {LongestName}"));
        }
        else if (draft.Name.EnumerateRunes().Where(Unprintable).ToList() is [var rune, ..])
        {
            yield return new(
                draft, TriggerPart.Name, Text($"the name holds the character `U+{rune.Value:X4}`"), "use printable characters without double quotes");
        }
    }

    /// <summary>Control characters, line separators, marks that reorder what is shown, lone surrogates and the quote itself.</summary>
    /// <remarks>A fixed list, so that no later edition of Unicode changes which triggers are good.</remarks>
    private static bool Unprintable(Rune rune) =>
        rune.Value is < 0x20 or '"' or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029
            or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFD;

    private static IEnumerable<BrokenRule> OfLevels(TriggerDraft draft)
    {
        for (var i = 1; i < draft.Levels.Length; i++)
        {
            var (before, here) = (draft.Levels[i - 1].Level, draft.Levels[i].Level);
            var word = TriggerFormatter.Word(here);
            if (draft.Levels.Take(i).Any(clause => clause.Level == here))
            {
                yield return new(draft.Levels[i], TriggerPart.Whole, $"level `{word}` stands twice", "join the two conditions with `or`");
            }
            else if (here < before)
            {
                yield return new(
                    draft.Levels[i],
                    TriggerPart.Whole,
                    $"level `{word}` stands after `{TriggerFormatter.Word(before)}`",
                    "the order is `watch`, `warn`, `pause`, `release`");
            }
        }

        if (draft.Levels.All(clause => clause.Level == TriggerLevel.Release))
        {
            yield return new(
                draft.Levels.IsEmpty ? draft : draft.Levels[0],
                TriggerPart.Whole,
                "the trigger calls for nothing",
                "give at least one of the levels `watch`, `warn`, `pause`");
        }
    }

    private static IEnumerable<BrokenRule> OfCondition(Condition condition, TriggerLevel level, Condition.AtLabs? labs) => condition switch
    {
        Condition.And and => and.Terms.SelectMany(term => OfCondition(term, level, labs)),
        Condition.Or or => or.Terms.SelectMany(term => OfCondition(term, level, labs)),
        Condition.AtLabs inner => OfLabs(inner, labs).Concat(OfCondition(inner.Inner, level, inner)),
        Condition.Compare atom => OfCompare(atom, labs),
        _ => OfPanel(condition, level, labs),
    };

    private static IEnumerable<BrokenRule> OfLabs(Condition.AtLabs labs, Condition.AtLabs? outer)
    {
        if (outer is not null)
        {
            yield return new(
                labs, TriggerPart.Whole, $"`{labs}` stands within another count of labs", "count labs once, around the whole group");
        }

        foreach (var rule in OfRange(labs, TriggerPart.Count, "the number of labs", labs.Count, MostLabs))
        {
            yield return rule;
        }
    }

    private static IEnumerable<BrokenRule> OfPanel(Condition panel, TriggerLevel level, Condition.AtLabs? labs)
    {
        if (labs is not null)
        {
            yield return new(panel, TriggerPart.Whole, "`panel votes release` is not a matter of one lab", "take it out of the count of labs");
        }
        else if (level != TriggerLevel.Release)
        {
            yield return new(
                panel,
                TriggerPart.Whole,
                $"`panel votes release` stands in `{TriggerFormatter.Word(level)}`",
                "only `release when` may ask the panel");
        }
    }

    private static IEnumerable<BrokenRule> OfCompare(Condition.Compare atom, Condition.AtLabs? labs)
    {
        var indicator = atom.Indicator.Text;
        if (atom.Indicator.IsPerLab && labs is null)
        {
            yield return new(
                atom, TriggerPart.Whole, $"`{atom}` is measured lab by lab", $"say at how many labs: `{atom} at 1 or more labs`");
        }
        else if (!atom.Indicator.IsPerLab && labs is not null)
        {
            yield return new(
                atom, TriggerPart.Whole, $"`{atom}` is measured over all labs together", $"take it out of `at {labs.Count.ToString(CultureInfo.InvariantCulture)} or more labs`");
        }

        if (!atom.Indicator.Units.Contains(atom.Threshold.Unit))
        {
            yield return new(
                atom,
                TriggerPart.Threshold,
                $"`{atom.Threshold}` is not a threshold for `{indicator}`",
                atom.Indicator is Indicator.FrontierHorizon && atom.Threshold.Unit == ThresholdUnit.Days
                    ? "give it in `h` or `min`: a day of work may be 8 h or 24 h"
                    : "give it as " + string.Join(" or ", atom.Indicator.Units.Select(unit => $"`{Quantity.Write(atom.Threshold.Value, unit)}`")));
        }
        else if (OfThreshold(atom.Threshold) is { } remedy)
        {
            yield return new(atom, TriggerPart.Threshold, $"`{atom.Threshold}` is out of range", remedy);
        }

        if (atom.Confidence is { } confidence && (confidence is <= 50 or >= 100 || !FewDigits(confidence)))
        {
            yield return new(
                atom,
                TriggerPart.Confidence,
                $"`{Quantity.Write(confidence, ThresholdUnit.Percent)}` is not a confidence",
                "give more than 50% and less than 100%, with at most 6 decimals");
        }

        foreach (var rule in OfRange(atom, TriggerPart.Sustained, "the number of days", atom.SustainedDays, MostDays))
        {
            yield return rule;
        }
    }

    private static string? OfThreshold(Quantity threshold) => threshold switch
    {
        { Unit: ThresholdUnit.Percent, Value: < 0 or > 100 } => "a share is 0% to 100%",
        { Unit: not ThresholdUnit.Percent, Value: <= 0 } => "give more than zero",
        _ when !FewDigits(threshold.Value) => Text($"give at most {Quantity.MostIntegerDigits} digits before the point and {Quantity.MostDecimals} after it"),
        _ => null,
    };

    private static bool FewDigits(decimal value) => value < 1_000_000_000m && decimal.Round(value, Quantity.MostDecimals) == value;

    private static IEnumerable<BrokenRule> OfRange(object node, TriggerPart part, string what, int? value, int most)
    {
        if (value is { } given && (given < 1 || given > most))
        {
            yield return new(node, part, Text($"{what} is `{given}`"), Text($"give 1 to {most}"));
        }
    }

    private static IEnumerable<BrokenRule> OfSize(TriggerDraft draft)
    {
        var atoms = draft.Levels.SelectMany(clause => clause.Condition.Atoms()).ToList();
        if (atoms.Count > Trigger.MostAtoms)
        {
            yield return new(
                atoms[Trigger.MostAtoms], TriggerPart.Whole, Text($"there are {atoms.Count} comparisons"), Text($"make do with {Trigger.MostAtoms}"));
            yield break;
        }

        if (draft.Levels.FirstOrDefault(clause => Nesting(clause.Condition) > Trigger.MostNesting) is { } deep)
        {
            yield return new(
                deep, TriggerPart.Whole, "the condition is nested too deeply", Text($"use at most {Trigger.MostNesting} parentheses within one another"));
            yield break;
        }

        var length = TriggerFormatter.Format(new Trigger(draft)).Length;
        if (length > Trigger.MostCharacters)
        {
            yield return new(
                draft, TriggerPart.Whole, Text($"the canonical text has {length} characters"), Text($"shorten it to at most {Trigger.MostCharacters}"));
        }
    }

    /// <summary>How many parentheses the canonical text sets within one another.</summary>
    private static int Nesting(Condition condition) => condition switch
    {
        Condition.And and => and.Terms.Max(term => Nesting(term) + (term is Condition.Or ? 1 : 0)),
        Condition.Or or => or.Terms.Max(Nesting),
        Condition.AtLabs labs => Nesting(labs.Inner) + (labs.Inner is Condition.And or Condition.Or ? 1 : 0),
        _ => 0,
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
