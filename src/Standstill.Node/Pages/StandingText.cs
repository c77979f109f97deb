using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>Standings and stages as the pages name and colour them.</summary>
public static class StandingText
{
    /// <summary>A standing in a word or two.</summary>
    public static string Name(Standing standing) => standing switch
    {
        Standing.Waiting => "waiting",
        Standing.Pledged => "pledged",
        Standing.Ready => "ready",
        Standing.Bound => "bound",
        Standing.Suspected => "suspected",
        Standing.InCure => "in cure",
        Standing.InBreach => "in breach",
        Standing.Withdrawn => "withdrawn",
        Standing.DroppedOut => "dropped out",
        Standing.Succeeded => "succeeded",
        Standing.Released => "released",
        Standing.Lapsed => "lapsed",
        _ => throw new InvalidOperationException("a standing without a name"),
    };

    /// <summary>The colour of a standing.</summary>
    public static string Class(Standing standing) => standing switch
    {
        Standing.Bound => "good",
        Standing.Pledged or Standing.Ready => "near",
        Standing.Waiting => "notable",
        Standing.Suspected or Standing.InCure or Standing.InBreach => "grave",
        Standing.Withdrawn or Standing.DroppedOut or Standing.Succeeded or Standing.Released or Standing.Lapsed => "gone",
        _ => throw new InvalidOperationException("a standing without a colour"),
    };

    /// <summary>A stage in a word or two.</summary>
    public static string Name(PactStage stage) => stage switch
    {
        PactStage.Open => "open",
        PactStage.Armed => "armed",
        PactStage.Preparing => "preparing",
        PactStage.InNotice => "in notice",
        PactStage.InForce => "in force",
        PactStage.Lifting => "lifting",
        PactStage.Released => "released",
        _ => throw new InvalidOperationException("a stage without a name"),
    };

    /// <summary>The stage that a change brings the pact to, in a word or two with its colour; null where it changes none.</summary>
    public static (string Word, string Class)? StageAfter(PactChange change) => change switch
    {
        PactChange.Opened or PactChange.Disarmed or PactChange.Dissolved => ("open", "plain"),
        PactChange.Armed or PactChange.Pledged => ("armed", "notable"),
        PactChange.Preparing or PactChange.PreparingAnew => ("preparing", "near"),
        PactChange.Called or PactChange.BoundTogether => ("in notice", "grave"),
        PactChange.InForce => ("in force", "grave"),
        PactChange.LiftingStarted or PactChange.Lifted => ("lifting", "notable"),
        PactChange.Released => ("released", "gone"),
        _ => null,
    };

    /// <summary>Where parties stand after a change, as far as it moves them, with the colour of it.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="before">Where each party stood, in the words of this function.</param>
    public static IEnumerable<(PartyId Party, string Word, string Class)> StandingsAfter(PactChange change, IReadOnlyDictionary<PartyId, string> before) => change switch
    {
        PactChange.Committed c => [(c.Party, "waiting", "notable")],
        PactChange.CommittedBySteps c => [(c.Party, "waiting", "notable")],
        PactChange.Pledged c => c.Members.Select(m => (m, "pledged", "near")),
        PactChange.PledgedAsWell c => [(c.Party, "pledged", "near")],
        PactChange.PreparingAnew c => c.Members.Select(m => (m, "pledged", "near")),
        PactChange.Readied c => [(c.Party, "ready", "near")],
        PactChange.DroppedOut c => [(c.Party, "dropped out", "gone")],
        PactChange.BoundTogether c => c.Members.Select(m => (m, "bound", "good")),
        PactChange.Armed c => c.Members.Select(m => (m, "bound", "good")),
        PactChange.Joined c => [(c.Party, "bound", "good")],
        PactChange.WithdrawalNoticed c when before.GetValueOrDefault(c.Party) == "bound" => [(c.Party, "bound, leaving", "good")],
        PactChange.Withdrawn c => [(c.Party, "withdrawn", "gone")],
        PactChange.CureStarted c => [(c.Party, "in cure", "grave")],
        PactChange.Cured c => [(c.Party, "bound", "good")],
        PactChange.Suspected c => [(c.Party, "suspected", "grave")],
        PactChange.SuspicionCleared c when before.GetValueOrDefault(c.Party) == "suspected" => [(c.Party, "bound", "good")],
        PactChange.Breached c => [(c.Party, "in breach", "grave")],
        PactChange.BreachedBySilence c => [(c.Party, "in breach", "grave")],
        PactChange.Freed c => [(c.Party, "waiting", "notable")],
        PactChange.MemberReleased c => [(c.Party, "released", "gone")],
        PactChange.Released => before.Where(b => b.Value is "bound" or "bound, leaving" or "in cure" or "suspected").Select(b => (b.Key, "released", "gone")).ToArray(),
        PactChange.CommitmentLapsed c => [(c.Party, "lapsed", "gone")],
        PactChange.Succeeded c => [(c.Party, "succeeded", "gone"), .. c.Taking.Select(p => (p, before.GetValueOrDefault(c.Party, "waiting"), Colour(before.GetValueOrDefault(c.Party))))],
        _ => [],
    };

    private static bool Stands(string? word) => word is "waiting" or "pledged" or "ready" or "bound" or "bound, leaving" or "in cure" or "suspected";

    private static string Colour(string? word) => word switch
    {
        "bound" or "bound, leaving" => "good",
        "pledged" or "ready" => "near",
        "in cure" or "suspected" or "in breach" => "grave",
        _ => "notable",
    };
}
