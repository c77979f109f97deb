using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>What can happen in the story of a world file.</summary>
internal enum PactDeed
{
    /// <summary>The party commits to its line in `commitments`, or to a text of its own.</summary>
    Commit,

    /// <summary>It confirms that it is ready for the coalition of the day.</summary>
    Ready,

    /// <summary>It gives notice.</summary>
    Withdraw,

    /// <summary>Evidence that it owes is there.</summary>
    Discharge,

    /// <summary>It alleges a breach.</summary>
    Allege,

    /// <summary>An inspector rules.</summary>
    Rule,

    /// <summary>It agrees to end the pause.</summary>
    Release,

    /// <summary>It agrees to go on.</summary>
    Extend,

    /// <summary>It hands weights or compute to an outsider.</summary>
    HandOver,

    /// <summary>Others come in its place.</summary>
    Succeed,

    /// <summary>Its accounted compute changes.</summary>
    Compute,

    /// <summary>It is judged anew.</summary>
    Assure,

    /// <summary>The trigger's pause level is met, or no longer.</summary>
    Trigger,

    /// <summary>The trigger's release level is.</summary>
    TriggerRelease,

    /// <summary>The trustees try whether the sealed commitments would make a coalition, and open those that would be in it.</summary>
    Trial,

    /// <summary>Nothing but time.</summary>
    Wait,
}

/// <summary>One event of a story.</summary>
/// <param name="Day">Days after the story's beginning, fractions too.</param>
/// <param name="Deed">What happens.</param>
/// <param name="Party">To whom or by whom.</param>
/// <param name="Steps">For a commitment with a text of its own.</param>
/// <param name="Text">In words.</param>
/// <param name="Against">For an allegation.</param>
/// <param name="Ruling">For a ruling.</param>
/// <param name="Duty">For a discharge.</param>
/// <param name="Figure">Days, FLOP per second or per cent.</param>
/// <param name="Successors">For a succession.</param>
internal sealed record PactEvent(
    double Day,
    PactDeed Deed,
    PartyId? Party,
    ImmutableArray<CommitmentStep> Steps,
    string? Text,
    PartyId? Against,
    Ruling Ruling,
    DutyKind Duty,
    double? Figure,
    ImmutableSortedSet<PartyId> Successors)
{
    /// <summary>A party commits on the first day.</summary>
    public static PactEvent Committing(Commitment commitment) =>
        new(0, PactDeed.Commit, commitment.Party, commitment.Steps, null, null, default, default, null, []);

    public static PactEvent Read(Fields f)
    {
        var day = f.Number("day", 0, 36_500, "days", "when, from the beginning of the story");
        var deed = f.Choice<PactDeed>("does", "what happens");
        var party = f.PartyOrNull("party", "who");
        var isAlone = deed is PactDeed.Trigger or PactDeed.TriggerRelease or PactDeed.Trial or PactDeed.Wait;
        f.Require(isAlone || party is not null, "party", $"`{Words.Of(deed)}` needs a party", "name it");
        var steps = ImmutableArray<CommitmentStep>.Empty;
        if (f.TextOrNull("commitment", CommitmentText.Characters, "for `commit`: a commitment that is not in `commitments`") is { } text && f.IsGood)
        {
            steps = f.Meaning("commitment", CommitmentText.Parse(text))?.Steps ?? steps;
        }

        var against = f.PartyOrNull("against", "for `allege`: the member");
        f.Require(deed != PactDeed.Allege || against is not null, "against", "an allegation names a member", "name it");
        var decision = f.TextOrNull("decision", 20, "for `rule`: `upheld`, `dismissed` or `cured`");
        var ruling = Enum.GetValues<Ruling>().Where(r => Words.Of(r) == decision).ToArray();
        f.Require(deed != PactDeed.Rule || ruling.Length == 1, "decision", $"`{decision}` is not a ruling", "use one of `upheld`, `dismissed`, `cured`");
        var duty = f.TextOrNull("duty", 20, "for `discharge`: `heartbeat`, `balance` or `inspection`");
        var duties = Enum.GetValues<DutyKind>().Where(d => Words.Of(d) == duty).ToArray();
        f.Require(deed != PactDeed.Discharge || duties.Length == 1, "duty", $"`{duty}` is not a duty", "use one of `heartbeat`, `balance`, `inspection`");
        var figure = f.NumberOrNull("figure", 0, 1e30, "", "for `extend` days, for `compute` FLOP/s, for `assure` per cent; for the trigger 1 for met, 0 for not met");
        f.Require(figure is not null || deed is not (PactDeed.Extend or PactDeed.Compute or PactDeed.Assure or PactDeed.Trigger or PactDeed.TriggerRelease), "figure", $"`{Words.Of(deed)}` needs a figure", "give it");
        var successors = f.List("successors", 0, 16, "for `succeed`: who comes in its place", s => s.Party("party", "who"));
        return new PactEvent(
            day, deed, party, steps, f.TextOrNull("text", 500, "what it is, in words"), against, ruling.FirstOrDefault(), duties.FirstOrDefault(), figure, [.. successors]);
    }
}
