using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>What is stopped while a pact is in force, and what goes on.</summary>
/// <param name="Text">The scope in words.</param>
/// <param name="TrainingComputeAbove">No training run beyond this many FLOP; null where the words alone say what stops.</param>
/// <param name="StaysAllowed">What the pact does not touch.</param>
public sealed record PactScope(string Text, double? TrainingComputeAbove, ImmutableArray<string> StaysAllowed);

/// <summary>What is agreed in a pact. Never changes once the pact is open.</summary>
public sealed record PactTerms
{
    /// <summary>The longest notice, cure or duration: 3,650 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

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

    /// <summary>Checks terms that a party proposes.</summary>
    /// <returns>The terms, or every fault in them: an empty or overlong text, a compute that is not finite and above zero, a time
    /// below zero or above <see cref="Longest"/>.</returns>
    public static Parsed<PactTerms> Check(
        string title, PactScope scope, TriggerId trigger, TimeSpan notice, TimeSpan cure, TimeSpan withdrawalNotice, TimeSpan? maximumDuration)
    {
        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        Text("title", title, 200);
        Text("scope.text", scope.Text, 4096);
        if (scope.TrainingComputeAbove is { } flop && !(flop > 0 && double.IsFinite(flop)))
        {
            faults.Add(new Fault("scope.training_compute_above", "the compute is not finite and above zero", "give FLOP of one training run"));
        }

        if (scope.StaysAllowed.Length > 32)
        {
            faults.Add(new Fault("scope.stays_allowed", $"there are {scope.StaysAllowed.Length} items, more than 32", "merge some"));
        }

        for (int i = 0; i < scope.StaysAllowed.Length; i++)
        {
            Text($"scope.stays_allowed[{i}]", scope.StaysAllowed[i], 500);
        }

        Time("notice", notice);
        Time("cure", cure);
        Time("withdrawal_notice", withdrawalNotice);
        Time("maximum_duration", maximumDuration ?? TimeSpan.Zero);
        return faults.Count > 0
            ? Parsed<PactTerms>.Bad(faults.DrainToImmutable())
            : Parsed<PactTerms>.Good(new PactTerms(title, scope, trigger, notice, cure, withdrawalNotice, maximumDuration));

        void Text(string place, string text, int most)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                faults.Add(new Fault(place, "the text is blank", $"write 1 to {most} characters"));
            }
            else if (text.Length > most)
            {
                faults.Add(new Fault(place, $"the text has {text.Length} characters", $"write 1 to {most} characters"));
            }
        }

        void Time(string place, TimeSpan span)
        {
            if (span < TimeSpan.Zero || span > Longest)
            {
                faults.Add(new Fault(place, $"`{span.TotalDays:0.##}` days is not a length that a pact may have", "give 0 to 3650 days"));
            }
        }
    }
}
