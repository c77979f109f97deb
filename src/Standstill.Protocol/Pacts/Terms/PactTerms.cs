using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>What is agreed in a pact. Never changes once the pact is open.</summary>
public sealed record PactTerms
{
    /// <summary>The longest notice, cure or duration: 3,650 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>What version 2 adds: how the members come to be bound, what they owe, and how the pause is lifted; null for a
    /// pact of version 1, whose members are bound as soon as a coalition exists.</summary>
    public PactLife? Life { get; init; }

    private PactTerms(
        string title, PactScope scope, TriggerId trigger, TimeSpan notice, TimeSpan cure, TimeSpan withdrawalNotice, TimeSpan? maximumDuration)
    {
        Title = title;
        Scope = scope;
        Trigger = trigger;
        Notice = notice;
        Cure = cure;
        WithdrawalNotice = withdrawalNotice;
        MaximumDuration = maximumDuration;
    }

    /// <summary>1 to 200 characters.</summary>
    public string Title { get; }

    /// <summary>What stops and what goes on.</summary>
    public PactScope Scope { get; }

    /// <summary>The trigger whose pause level calls the pact and whose release level ends the pause.</summary>
    public TriggerId Trigger { get; }

    /// <summary>From the call to the pause.</summary>
    public TimeSpan Notice { get; }

    /// <summary>From an upheld allegation to breach.</summary>
    public TimeSpan Cure { get; }

    /// <summary>From a bound member's withdrawal to its leaving.</summary>
    public TimeSpan WithdrawalNotice { get; }

    /// <summary>The longest that one pause lasts, counted from its being in force; null where only release ends it.</summary>
    public TimeSpan? MaximumDuration { get; }

    /// <summary>Checks terms of version 1 that a party proposes.</summary>
    /// <returns>The terms, or every fault in them: an empty or overlong text, a compute that is not finite and above zero, a time
    /// below zero or above <see cref="Longest"/>.</returns>
    public static Parsed<PactTerms> Check(
        string title, PactScope scope, TriggerId trigger, TimeSpan notice, TimeSpan cure, TimeSpan withdrawalNotice, TimeSpan? maximumDuration)
    {
        var check = new PactTermsCheck();
        check.Text("title", title, PactTermsCheck.TitleCharacters);
        check.Text("scope.text", scope.Text, 4096);
        if (scope.TrainingComputeAbove is { } flop && !(flop > 0 && double.IsFinite(flop)))
        {
            check.Refuse("scope.training_compute_above", "the compute is not finite and above zero", "give FLOP of one training run");
        }

        if (scope.StaysAllowed.Length > 32)
        {
            check.Refuse("scope.stays_allowed", $"there are {scope.StaysAllowed.Length} items, more than 32", "merge some");
        }

        for (int i = 0; i < scope.StaysAllowed.Length; i++)
        {
            check.Text($"scope.stays_allowed[{i}]", scope.StaysAllowed[i], PactTermsCheck.ItemCharacters);
        }

        check.Time("notice", notice);
        check.Time("cure", cure);
        check.Time("withdrawal_notice", withdrawalNotice);
        check.Time("maximum_duration", maximumDuration ?? TimeSpan.Zero);
        return check.Result(() => new PactTerms(title, scope, trigger, notice, cure, withdrawalNotice, maximumDuration));
    }

    /// <summary>Checks terms of version 2 that a party proposes. Times are whole days.</summary>
    /// <param name="title">1 to 200 characters on one line, without a quotation mark.</param>
    /// <param name="stops">1 to 32 different things that stop; words of 1 to 500 characters, as in a title.</param>
    /// <param name="allowances">Up to 32 different things that stay allowed.</param>
    /// <param name="trigger">What calls the pact.</param>
    /// <param name="notice">0 to 3,650 days.</param>
    /// <param name="cure">0 to 3,650 days.</param>
    /// <param name="withdrawalNotice">0 to 3,650 days.</param>
    /// <param name="maximumDuration">1 to 3,650 days, or null.</param>
    /// <param name="life">The rest, in the ranges that <see cref="PactTermsText"/> lists.</param>
    /// <returns>The terms, or every fault in them, at the place `title` or that of the line of a text: `stop[1]`, `prepare`, `owe[0]`.</returns>
    public static Parsed<PactTerms> CheckLife(
        string title,
        ImmutableArray<ScopeStop> stops,
        ImmutableArray<ScopeAllowance> allowances,
        TriggerId trigger,
        TimeSpan notice,
        TimeSpan cure,
        TimeSpan withdrawalNotice,
        TimeSpan? maximumDuration,
        PactLife life)
    {
        var check = new PactTermsCheck();
        check.Line("title", title, PactTermsCheck.TitleCharacters);
        check.Stops(stops);
        check.Allowances(allowances);
        check.Days("prepare", life.Preparation, 1, 365);
        check.Days("notice", notice, 0, 3650);
        check.Days("cure", cure, 0, 3650);
        check.Days("rulings", life.Rulings, 1, 3650);
        check.Days("silence", life.Silence, 1, 365);
        check.Owed(life);
        check.Days("withdraw", withdrawalNotice, 0, 3650);
        check.Days("blackout", life.Blackout, 0, 3650);
        check.Days("probation", life.Probation, 0, 3650);
        check.Days("lasts", maximumDuration, 1, 3650);
        check.Days("review", life.Review, 1, 3650);
        check.Release(life.Release);
        check.Lifting(life.Lifting);
        check.Most("count", life.Nested.Count, "pacts");
        check.Seal(life.Seal);
        return check.Result(() =>
            new PactTerms(title, PactScope.Of(stops, allowances), trigger, notice, cure, withdrawalNotice, maximumDuration) { Life = life });
    }
}
