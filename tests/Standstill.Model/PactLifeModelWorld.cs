namespace Standstill.Model;

/// <summary>What is agreed, in whole days.</summary>
/// <param name="Prepare">From the call to the deadline of confirming; 0 for a pact of version 1, whose members are bound when it is armed.</param>
/// <param name="Notice">From being bound to the pause; may be 0.</param>
/// <param name="Cure">From an upheld allegation, and from suspicion, to breach.</param>
/// <param name="Rulings">From an allegation to its lapse; 0 for never.</param>
/// <param name="Quiet">From the pause, or the last discharge, to suspicion; 0 where silence has no consequence.</param>
/// <param name="Withdrawal">From a withdrawal to leaving.</param>
/// <param name="Blackout">From the call to the next withdrawal that is accepted; 0 for none.</param>
/// <param name="Probation">From committing again to counting; 0 for none.</param>
/// <param name="Longest">From the pause to its end; 0 for no end.</param>
/// <param name="Lifting">The length of the one step between the release and the end; 0 for no steps.</param>
/// <param name="ReleasePercent">How many hundredths of the bound can end the pause.</param>
public sealed record LifeTerms(
    int Prepare = 1,
    int Notice = 1,
    int Cure = 1,
    int Rulings = 1,
    int Quiet = 0,
    int Withdrawal = 1,
    int Blackout = 0,
    int Probation = 0,
    int Longest = 0,
    int Lifting = 0,
    int ReleasePercent = 100);

/// <summary>What can happen to a pact.</summary>
public enum LifeEventKind
{
    /// <summary>A day passes.</summary>
    Day,

    /// <summary>A party commits to one of the world's wishes.</summary>
    Commit,

    /// <summary>A party withdraws.</summary>
    Withdraw,

    /// <summary>A party confirms the present coalition.</summary>
    Ready,

    /// <summary>The pause level is met or no longer met.</summary>
    Pause,

    /// <summary>The release level is met or no longer met.</summary>
    Release,

    /// <summary>Somebody alleges that a party has not stopped.</summary>
    Allege,

    /// <summary>An inspector upholds the allegation.</summary>
    Uphold,

    /// <summary>An inspector dismisses it.</summary>
    Dismiss,

    /// <summary>An inspector finds it cured.</summary>
    FindCured,

    /// <summary>A party brings the evidence that it owes.</summary>
    Discharge,

    /// <summary>A party agrees to end the pause.</summary>
    AgreeToRelease,

    /// <summary>A party agrees to go on after the end, for so many days.</summary>
    Extend,

    /// <summary>A party is absorbed by another, or split into several: one bit a successor.</summary>
    Succeed,

    /// <summary>Compute is found to be distributed in the world's next way.</summary>
    MoveCompute,

    /// <summary>The assurance of a party is lost or won.</summary>
    Assurance,

    /// <summary>A party hands its compute to an outsider, by its own word.</summary>
    HandOver,

    /// <summary>The sealed commitments of several parties are opened at one entry, each to the world's first wish for it.</summary>
    OpenSealed,
}

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Party">To whom or by whom; 0 where it concerns nobody.</param>
/// <param name="Value">The wish, the days, or a set of parties.</param>
public readonly record struct LifeEvent(LifeEventKind Kind, int Party = 0, int Value = 0);

/// <summary>A small world to explore.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Parties">How many parties.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="Wishes">All wishes in the world, four at most.</param>
/// <param name="WishesOf">To which of them each party may commit.</param>
/// <param name="Events">What can happen beside the passing of a day.</param>
public sealed record LifeWorld(
    string Name,
    int Parties,
    LifeTerms Terms,
    IReadOnlyList<LifeWish> Wishes,
    IReadOnlyList<IReadOnlyList<int>> WishesOf,
    IReadOnlyList<LifeEventKind> Events)
{
    /// <summary>The ways in which compute may be distributed, in whole units a party.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Compute { get; init; } = [[1, 1, 1, 1]];

    /// <summary>For how many days a party may agree to go on.</summary>
    public IReadOnlyList<int> Extensions { get; init; } = [1];

    /// <summary>Who may succeed to whom: the party, and one bit a successor.</summary>
    public IReadOnlyList<(int Party, int Successors)> Successions { get; init; } = [];

    /// <summary>Which sealed commitments may be opened together: one bit a party.</summary>
    public IReadOnlyList<int> Seals { get; init; } = [];

    /// <summary>Renamings of parties that change nothing in the world: party i becomes party r[i].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Renamings { get; init; } = [];

    /// <summary>The rules that are changed against the first draft; see <see cref="LifeAmendments"/>.</summary>
    public LifeAmendments Amendments { get; init; } = LifeAmendments.All;
}

/// <summary>What the exploration changed in the rules. Without each of them it finds a story that should not be.</summary>
[Flags]
public enum LifeAmendments
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Deadlines of one kind and one instant pass together, and the coalition is taken once after them. Else, of two members
    /// who rely on each other and whose time to cure ends together, the one whose name comes first is in breach and the other free.</summary>
    Together = 1,

    /// <summary>Breach and dropping out stay with a party, and pass to a successor without a standing commitment, until probation has
    /// been lived through. Else a party commits, withdraws while it waits, commits again, and counts at once; or is absorbed by another.</summary>
    MarkStays = 2,

    /// <summary>Who confirmed a coalition that changed afterwards, and dropped out with no confirmation of the last one, comes back without
    /// probation. Else a withdrawal that takes effect at the instant of the deadline puts all on probation who had confirmed.</summary>
    ConfirmedIsUnmarked = 4,

    /// <summary>What is bound stays bound through a merger: the standing that binds more passes, the successor's own or the other's. Else
    /// a bound party leaves at once, without notice, by being absorbed by one that waits under a condition that nobody will meet.</summary>
    BoundPasses = 8,

    /// <summary>Who is freed, or leaves, while an upheld allegation runs is marked as by dropping out. Else a party that asks for a share
    /// of compute hands its own to an outsider, is freed by that at once, and has no case to answer.</summary>
    CaseMarks = 16,

    /// <summary>A suspicion outlasts being freed, and who leaves under one is marked. Else a party counts as verified again because others
    /// could not rely on it.</summary>
    SuspicionStays = 32,

    /// <summary>Probation ends before anything else that passes at its instant. Else a member is freed for want of a party that counts at
    /// that very instant, and bound again at it.</summary>
    ProbationEndsFirst = 64,

    /// <summary>Those that the code under test has taken up.</summary>
    Taken = Together | MarkStays | ConfirmedIsUnmarked | BoundPasses | CaseMarks | SuspicionStays | ProbationEndsFirst,

    /// <summary>All.</summary>
    All = Taken,
}
