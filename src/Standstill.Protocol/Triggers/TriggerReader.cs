using System.Collections.Immutable;
using System.Globalization;
using Superpower.Model;

namespace Standstill.Protocol.Triggers;

/// <summary>One pass over the tokens of a trigger by the grammar of <see cref="TriggerParser"/>.</summary>
/// <remarks>Recursive descent without backing up. A method that finds a fault notes it and returns nothing.</remarks>
internal sealed class TriggerReader(string text, Token<TriggerToken>[] tokens) : TokenReader(text, tokens, TriggerForm)
{
    private const string TriggerForm = "begin with `trigger \"Name\" version 1`";
    private const string LevelForm = "write a level such as `watch when frontier horizon(50%) > 8 h`";
    private const string ComparisonForm = "write a comparison such as `frontier horizon(50%) > 8 h with confidence 80%`";
    private const string DoublingForm = "write `doubling time of frontier horizon(50%) < 90 days`; only the 50% horizon has a trend";
    private const string HorizonForm = "write `horizon(50%)` or `horizon(80%)`";
    private const string ConfidenceForm = "write it as `with confidence 80%`";
    private const string SustainedForm = "write it as `sustained for 60 days`";
    private const string PanelForm = "write it as `panel votes release`";
    private const string LabsForm = "write it as `at 2 or more labs`";
    private const string EvidenceForm = "write it as `evidence from at least 2 independent evaluators, none older than 120 days`";
    private const string UndeterminedForm =
        "write `undetermined holds the last verdict`, `undetermined counts as met` or `undetermined counts as not met`";

    private static readonly ImmutableArray<(string Word, ThresholdUnit Meaning)> Units =
    [
        ("min", ThresholdUnit.Minutes),
        ("h", ThresholdUnit.Hours),
        ("days", ThresholdUnit.Days),
        ("day", ThresholdUnit.Days),
        ("%", ThresholdUnit.Percent),
        ("x", ThresholdUnit.Times),
    ];

    private static readonly ImmutableArray<(string Word, Comparison Meaning)> Comparisons =
        [(">", Comparison.Above), (">=", Comparison.AtLeast), ("<", Comparison.Below), ("<=", Comparison.AtMost)];

    private readonly List<(object Node, TriggerPart Part, int Offset)> offsets = [];
    private int depth;

    /// <summary>The parts of the trigger, or nothing.</summary>
    public TriggerDraft? Read()
    {
        if (!Need("trigger") || !Kind(TriggerToken.Quoted, "a name in double quotes", out var name, out var nameAt)
            || !Need("version") || Whole() is not { } version)
        {
            return null;
        }

        var levels = ImmutableArray.CreateBuilder<LevelClause>();
        Form = LevelForm;
        while (true)
        {
            var start = Offset;
            if (Level() is not { } level)
            {
                break;
            }

            Form = LevelForm;
            if (!Need("when") || Any() is not { } condition)
            {
                return null;
            }

            levels.Add(Noted(new LevelClause(level, condition), (TriggerPart.Whole, start)));
            Form = "go on with one of these, or end the text";
        }

        if (levels.Count == 0)
        {
            Refuse();
            return null;
        }

        if (Evidence(out var sourcesAt, out var ageAt) is not { } evidence || Undetermined() is not { } undetermined || !AtEnd())
        {
            return null;
        }

        return Noted(
            new TriggerDraft(name[1..^1], version.Value, levels.ToImmutable(), evidence, undetermined),
            (TriggerPart.Whole, 0),
            (TriggerPart.Name, nameAt),
            (TriggerPart.Version, version.Offset),
            (TriggerPart.Sources, sourcesAt),
            (TriggerPart.Age, ageAt));
    }

    /// <summary>Where a part of a node was read.</summary>
    public int OffsetOf(object node, TriggerPart part) =>
        offsets.First(noted => ReferenceEquals(noted.Node, node) && noted.Part == part).Offset;

    private TriggerLevel? Level()
    {
        foreach (var level in Enum.GetValues<TriggerLevel>())
        {
            if (Take(TriggerFormatter.Word(level)))
            {
                return level;
            }
        }

        return null;
    }

    private EvidenceClause? Evidence(out int sourcesAt, out int ageAt)
    {
        sourcesAt = ageAt = 0;
        if (!Take("evidence"))
        {
            return EvidenceClause.Default;
        }

        Form = EvidenceForm;
        if (!Need("from") || !Need("at") || !Need("least") || Whole() is not { } sources || !Need("independent") || !NeedEither("evaluators", "evaluator"))
        {
            return null;
        }

        sourcesAt = sources.Offset;
        if (!Take(","))
        {
            return new EvidenceClause(sources.Value, null);
        }

        if (!Need("none") || !Need("older") || !Need("than") || Days() is not { } days)
        {
            return null;
        }

        ageAt = days.Offset;
        return new EvidenceClause(sources.Value, days.Value);
    }

    private WhenUndetermined? Undetermined()
    {
        if (!Take("undetermined"))
        {
            return WhenUndetermined.HoldsTheLastVerdict;
        }

        Form = UndeterminedForm;
        if (Take("holds"))
        {
            return Need("the") && Need("last") && Need("verdict") ? WhenUndetermined.HoldsTheLastVerdict : null;
        }

        if (!Need("counts") || !Need("as"))
        {
            return null;
        }

        var rule = Take("not") ? WhenUndetermined.CountsAsNotMet : WhenUndetermined.CountsAsMet;
        return Need("met") ? rule : null;
    }

    private bool AtEnd()
    {
        if (AtEndOfText)
        {
            return true;
        }

        if (ExpectsNothing)
        {
            Form = "end the text here; the order is levels, evidence, undetermined";
        }

        return Refuse("the end of the text");
    }

    private Condition? Any() => Joined("or", All, terms => new Condition.Or(terms));

    private Condition? All() => Joined("and", Term, terms => new Condition.And(terms));

    private Condition? Joined(string word, Func<Condition?> term, Func<ImmutableArray<Condition>, Condition> join)
    {
        var terms = ImmutableArray.CreateBuilder<Condition>();
        do
        {
            if (term() is not { } next)
            {
                return null;
            }

            terms.Add(next);
        }
        while (Take(word));
        return terms.Count == 1 ? terms[0] : join(terms.ToImmutable());
    }

    private Condition? Term()
    {
        Form = ComparisonForm;
        var start = Offset;
        var inner = Take("(") ? Group(start) : Take("panel") ? Panel(start) : Compare(start);
        if (inner is null || !Take("at"))
        {
            return inner;
        }

        Form = LabsForm;
        return Whole() is { } count && Need("or") && Need("more") && Need("labs")
            ? Noted(new Condition.AtLabs(count.Value, inner), (TriggerPart.Whole, start), (TriggerPart.Count, count.Offset))
            : null;
    }

    private Condition? Group(int start)
    {
        if (++depth > Trigger.MostNesting)
        {
            Refuse(
                start,
                "the condition is nested too deeply",
                FormattableString.Invariant($"use at most {Trigger.MostNesting} parentheses within one another"));
            return null;
        }

        if (Any() is not { } inner)
        {
            return null;
        }

        Form = "close the parenthesis of " + Place(start);
        if (!Need(")"))
        {
            return null;
        }

        depth--;
        return inner;
    }

    private Condition.PanelVotesRelease? Panel(int start)
    {
        Form = PanelForm;
        return Need("votes") && Need("release") ? Noted(new Condition.PanelVotesRelease(), (TriggerPart.Whole, start)) : null;
    }

    private Condition.Compare? Compare(int start)
    {
        if (Indicator() is not { } indicator)
        {
            return null;
        }

        Form = ComparisonForm;
        if (OneOf(Comparisons) is not { } comparison)
        {
            Refuse();
            return null;
        }

        var thresholdAt = Offset;
        Form = "write the threshold as " + string.Join(" or ", indicator.Units.Select(unit => $"`{Quantity.Write("8", unit)}`"));
        if (Decimal() is not { } value)
        {
            return null;
        }

        if (OneOf(Units) is not { } unit)
        {
            ExpectOnly(Units.Where(choice => indicator.Units.Contains(choice.Meaning)).Select(choice => choice.Word));
            Refuse();
            return null;
        }

        Form = ComparisonForm;
        var confidenceAt = 0;
        decimal? confidence = null;
        if (Take("with"))
        {
            Form = ConfidenceForm;
            if (!Need("confidence"))
            {
                return null;
            }

            confidenceAt = Offset;
            if (Decimal() is not { } percent || !Need("%"))
            {
                return null;
            }

            confidence = percent;
        }

        (int Value, int Offset)? sustained = null;
        if (Take("sustained"))
        {
            Form = SustainedForm;
            if (!Need("for") || Days() is not { } days)
            {
                return null;
            }

            sustained = days;
        }

        return Noted(
            new Condition.Compare(indicator, comparison, new Quantity(value, unit), confidence, sustained?.Value),
            (TriggerPart.Whole, start),
            (TriggerPart.Threshold, thresholdAt),
            (TriggerPart.Confidence, confidenceAt),
            (TriggerPart.Sustained, sustained?.Offset ?? 0));
    }

    private Indicator? Indicator()
    {
        if (Take("frontier"))
        {
            Form = HorizonForm;
            return Horizon(50, 80) is { } percent ? new Indicator.FrontierHorizon(percent) : null;
        }

        if (Take("doubling"))
        {
            Form = DoublingForm;
            return Need("time") && Need("of") && Need("frontier") && Horizon(50) is not null ? Doubling() : null;
        }

        foreach (var kind in IndicatorKind.OfVersion1)
        {
            if (TakeAll(kind.Name.Split(' ')))
            {
                return new Indicator.OfLab(kind);
            }
        }

        if (Sees("not"))
        {
            Form = "there is no `not`: turn the comparison round";
        }

        Refuse();
        return null;
    }

    private int? Horizon(params ReadOnlySpan<int> choices)
    {
        if (!Need("horizon") || !Need("("))
        {
            return null;
        }

        foreach (var percent in choices)
        {
            if (Take(percent.ToString(CultureInfo.InvariantCulture)))
            {
                return Need("%") && Need(")") ? percent : null;
            }
        }

        Refuse();
        return null;
    }

    private Indicator.DoublingTime? Doubling()
    {
        if (!Take("since"))
        {
            return new Indicator.DoublingTime(null);
        }

        Form = "write the day as `since 2023-01-01`";
        if (!Kind(TriggerToken.Date, "a day", out var day, out _))
        {
            return null;
        }

        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since))
        {
            return new Indicator.DoublingTime(since);
        }

        BackUp();
        Refuse("a day of the calendar");
        return null;
    }

    private (int Value, int Offset)? Days() => Whole() is { } days && NeedEither("days", "day") ? days : null;

    private T Noted<T>(T node, params ReadOnlySpan<(TriggerPart Part, int Offset)> parts)
        where T : class
    {
        foreach (var (part, offset) in parts)
        {
            offsets.Add((node, part, offset));
        }

        return node;
    }
}
