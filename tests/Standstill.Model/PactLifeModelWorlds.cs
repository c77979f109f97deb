namespace Standstill.Model;

/// <summary>The worlds that are explored: small enough to be seen whole, each about one way of relying on others or one part of a life.</summary>
public static class LifeWorlds
{
    private static readonly LifeEventKind[] Course = [LifeEventKind.Commit, LifeEventKind.Withdraw, LifeEventKind.Ready, LifeEventKind.Pause, LifeEventKind.Release];

    private static readonly LifeEventKind[] Judged = [.. Course, LifeEventKind.Allege, LifeEventKind.Uphold, LifeEventKind.Dismiss, LifeEventKind.FindCured];

    private static readonly LifeWish Everybody = new LifeWish.All([0, 1, 2]);

    /// <summary>Every renaming of so many parties but the one that changes nothing.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> AllRenamings(int parties) =>
        [.. Orders(parties).Where(o => !o.SequenceEqual(Enumerable.Range(0, parties)))];

    /// <summary>Three parties that all rely on all.</summary>
    public static LifeWorld AllOfTheOthers { get; } = new(
        "all of the others", 3, new LifeTerms(Prepare: 2, Cure: 2, Rulings: 2, Withdrawal: 2, Blackout: 2, Probation: 2), [Everybody], [[0], [0], [0]], Judged)
    {
        Renamings = AllRenamings(3),
    };

    /// <summary>Three parties that each need one more, or that need all and stay with one.</summary>
    public static LifeWorld AtLeastTwo { get; } = new(
        "at least two", 3, new LifeTerms(Prepare: 2, Withdrawal: 2, Blackout: 1, Probation: 1),
        [new LifeWish.Some(2, 2, [0, 1, 2]), new LifeWish.Some(3, 2, [0, 1, 2])], [[0, 1], [0, 1], [0, 1]], Judged)
    {
        Renamings = AllRenamings(3),
    };

    /// <summary>Three parties that ask for a share of compute, which moves, and may be handed to an outsider.</summary>
    public static LifeWorld ShareOfCompute { get; } = new(
        "share of compute", 3, new LifeTerms(Prepare: 1, Blackout: 1, Probation: 1),
        [new LifeWish.Hundredths(60, 50), new LifeWish.Hundredths(75, 75)], [[0], [0], [1]],
        [.. Judged, LifeEventKind.MoveCompute, LifeEventKind.HandOver])
    {
        Compute = [[4, 3, 3], [2, 2, 6]],
    };

    /// <summary>Two that insist on the third, which is content with any one of them.</summary>
    public static LifeWorld VetoPlayer { get; } = new(
        "veto player", 3, new LifeTerms(Prepare: 2, Cure: 2, Withdrawal: 2, Blackout: 1, Probation: 2),
        [new LifeWish.All([2]), new LifeWish.Some(1, 1, [0, 1])], [[0], [0], [1]], Judged)
    {
        Renamings = [[1, 0, 2]],
    };

    /// <summary>One that waits for another, which asks for nothing; the third asks for both.</summary>
    public static LifeWorld OneSided { get; } = new(
        "one-sided", 3, new LifeTerms(Prepare: 2, Withdrawal: 2, Blackout: 1, Probation: 1),
        [new LifeWish.All([1]), new LifeWish.Nothing(), new LifeWish.All([0, 1])], [[0], [1], [2]], Judged);

    /// <summary>The first waits for the second, the second for the third, the third for anybody or more.</summary>
    public static LifeWorld Chain { get; } = new(
        "chain", 3, new LifeTerms(Prepare: 1, Notice: 0, Blackout: 1, Probation: 2),
        [new LifeWish.All([1]), new LifeWish.All([2]), new LifeWish.Nothing()], [[0], [1], [2]], Judged);

    /// <summary>Silence: evidence is owed, and assurance is asked.</summary>
    public static LifeWorld Silence { get; } = new(
        "silence and assurance", 3, new LifeTerms(Quiet: 2, Probation: 1),
        [new LifeWish.All([0, 1], Assured: true), new LifeWish.Some(2, 2, [0, 1, 2]), new LifeWish.Nothing()], [[0], [1], [2]],
        [.. Course, LifeEventKind.Discharge, LifeEventKind.Assurance]);

    /// <summary>The end: by duration, by the members, by steps; and going on.</summary>
    public static LifeWorld Ending { get; } = new(
        "extension, release and lifting", 3, new LifeTerms(Longest: 2, Lifting: 2, ReleasePercent: 75),
        [new LifeWish.Some(2, 2, [0, 1, 2]), Everybody], [[0], [0], [1]],
        [.. Course, LifeEventKind.AgreeToRelease, LifeEventKind.Extend])
    {
        Extensions = [1, 2],
        Renamings = [[1, 0, 2]],
    };

    /// <summary>Parties are absorbed and split.</summary>
    public static LifeWorld Successions { get; } = new(
        "mergers and splits", 3, new LifeTerms(Prepare: 2, Withdrawal: 2, Probation: 2),
        [Everybody, new LifeWish.Some(2, 2, [0, 1, 2]), new LifeWish.Hundredths(100, 100), new LifeWish.Nothing()],
        [[0, 2], [1], [0, 3]], [.. Judged, LifeEventKind.Succeed])
    {
        Successions = [(0, 0b010), (1, 0b001), (1, 0b100), (2, 0b011), (1, 0b101)],
    };

    /// <summary>Sealed commitments that are opened together.</summary>
    public static LifeWorld Sealed { get; } = new(
        "sealed", 3, new LifeTerms(Prepare: 2, Withdrawal: 2, Probation: 2),
        [Everybody, new LifeWish.All([1, 2])], [[0], [1], [1]], [.. Course, LifeEventKind.OpenSealed])
    {
        Seals = [0b110, 0b111, 0b011],
        Renamings = [],
    };

    /// <summary>A pact of version 1: bound when armed, and no preparation.</summary>
    public static LifeWorld Version1 { get; } = new(
        "version 1", 3, new LifeTerms(Prepare: 0, Rulings: 0, Withdrawal: 2, Longest: 3),
        [Everybody, new LifeWish.All([1]), new LifeWish.Nothing()], [[0], [1, 2], [0, 1]], [.. Judged, LifeEventKind.AgreeToRelease])
    {
        Amendments = LifeAmendments.None,
    };

    /// <summary>Everything that can happen, to three parties that ask for different things.</summary>
    public static LifeWorld Everything { get; } = new(
        "everything", 3,
        new LifeTerms(Quiet: 1, Blackout: 1, Probation: 1, Longest: 2, Lifting: 2, ReleasePercent: 75),
        [new LifeWish.All([0, 1], Assured: true), new LifeWish.Some(2, 1, [0, 1, 2]), new LifeWish.Hundredths(60, 50)],
        [[0], [1], [2]], Enum.GetValues<LifeEventKind>()[1..])
    {
        Compute = [[4, 3, 3], [2, 2, 6]],
        Successions = [(2, 0b001)],
        Seals = [0b011],
    };

    private static readonly LifeWish EverybodyOfFour = new LifeWish.All([0, 1, 2, 3]);

    /// <summary>Four parties that all rely on all.</summary>
    public static LifeWorld AllOfFour { get; } = new(
        "all of the others, of four", 4, new LifeTerms(Prepare: 2, Cure: 2, Withdrawal: 2, Blackout: 1, Probation: 2), [EverybodyOfFour], [[0], [0], [0], [0]], Judged)
    {
        Renamings = AllRenamings(4),
    };

    /// <summary>Four parties that each need two more, and stay with one.</summary>
    public static LifeWorld ThreeOfFour { get; } = new(
        "at least three, of four", 4, new LifeTerms(Prepare: 2, Withdrawal: 2, Blackout: 1, Probation: 1),
        [new LifeWish.Some(3, 2, [0, 1, 2, 3])], [[0], [0], [0], [0]], Judged)
    {
        Renamings = AllRenamings(4),
    };

    /// <summary>Two pairs, of which the second also waits for the first.</summary>
    public static LifeWorld TwoPairs { get; } = new(
        "two pairs", 4, new LifeTerms(Withdrawal: 2, Probation: 2),
        [new LifeWish.All([0, 1]), new LifeWish.All([0, 1, 2, 3])], [[0], [0], [1], [1]],
        [.. Course, LifeEventKind.Allege, LifeEventKind.Uphold])
    {
        Renamings = [[1, 0, 2, 3], [0, 1, 3, 2], [1, 0, 3, 2]],
    };

    /// <summary>A share of compute among four, which moves.</summary>
    public static LifeWorld ShareOfFour { get; } = new(
        "share of compute, of four", 4, new LifeTerms(),
        [new LifeWish.Hundredths(60, 50), new LifeWish.Hundredths(80, 60), new LifeWish.All([0])], [[0], [0], [1], [2]],
        [.. Course, LifeEventKind.MoveCompute, LifeEventKind.HandOver])
    {
        Compute = [[3, 3, 2, 2], [2, 2, 5, 1]],
    };

    /// <summary>A chain of four, the last of which insists on nobody, and the first on all.</summary>
    public static LifeWorld ChainOfFour { get; } = new(
        "chain of four", 4, new LifeTerms(Notice: 0),
        [new LifeWish.All([1, 2, 3]), new LifeWish.All([2]), new LifeWish.All([3]), new LifeWish.Nothing()], [[0], [1], [2], [3]],
        [.. Course, LifeEventKind.Allege, LifeEventKind.Uphold]);

    /// <summary>The worlds of four parties.</summary>
    public static IReadOnlyList<LifeWorld> OfFour { get; } = [AllOfFour, ThreeOfFour, TwoPairs, ShareOfFour, ChainOfFour];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LifeWorld> OfThree { get; } =
    [
        AllOfTheOthers, AtLeastTwo, ShareOfCompute, VetoPlayer, OneSided, Chain, Silence, Ending, Successions, Sealed, Version1,
    ];

    private static IEnumerable<IReadOnlyList<int>> Orders(int parties) => parties == 0
        ? [[]]
        : Orders(parties - 1).SelectMany(o => Enumerable.Range(0, parties).Select(at => (IReadOnlyList<int>)[.. o.Take(at), parties - 1, .. o.Skip(at)]));
}
