namespace Standstill.Model;

/// <summary>How far the pact has come.</summary>
public enum LifeStage
{
    /// <summary>No coalition.</summary>
    Open,

    /// <summary>A coalition; its members are pledged.</summary>
    Armed,

    /// <summary>Called; the members confirm.</summary>
    Preparing,

    /// <summary>All are bound; notice runs.</summary>
    InNotice,

    /// <summary>The pause holds.</summary>
    InForce,

    /// <summary>The pause ends by steps.</summary>
    Lifting,

    /// <summary>Over.</summary>
    Released,
}

/// <summary>Where a party stands. Suspicion and cure are told by its clocks.</summary>
public enum LifeStanding
{
    /// <summary>It never committed.</summary>
    None,

    /// <summary>Committed, and in no coalition.</summary>
    Waiting,

    /// <summary>In the coalition, and not bound.</summary>
    Pledged,

    /// <summary>Pledged, and has confirmed the present coalition.</summary>
    Ready,

    /// <summary>Bound.</summary>
    Bound,

    /// <summary>Out by breach.</summary>
    InBreach,

    /// <summary>Out by its own will.</summary>
    Withdrawn,

    /// <summary>Out because it had not confirmed.</summary>
    DroppedOut,

    /// <summary>Absorbed or split; others stand for it.</summary>
    Succeeded,

    /// <summary>Was bound to the end.</summary>
    Released,

    /// <summary>Was waiting at the end.</summary>
    Lapsed,
}

/// <summary>One party. Clocks are days that remain; 0 where none runs.</summary>
public record struct PartyLife
{
    /// <summary>Where it stands.</summary>
    public LifeStanding Standing { get; internal set; }

    /// <summary>Which of the world's wishes it has committed to.</summary>
    public int Wish { get; internal set; }

    /// <summary>Until its withdrawal takes effect.</summary>
    public int Leaves { get; internal set; }

    /// <summary>Until it counts for anybody.</summary>
    public int Probation { get; internal set; }

    /// <summary>It was in breach or dropped out, and has not lived it down.</summary>
    public bool Marked { get; internal set; }

    /// <summary>It confirmed some coalition of this preparation.</summary>
    public bool Confirmed { get; internal set; }

    /// <summary>Until an allegation against it lapses for want of a ruling; 3 where it never does.</summary>
    public int Accused { get; internal set; }

    /// <summary>Until an upheld allegation is a breach.</summary>
    public int Cure { get; internal set; }

    /// <summary>Until its silence makes it suspected.</summary>
    public int Quiet { get; internal set; }

    /// <summary>Until suspicion is a breach.</summary>
    public int Suspected { get; internal set; }

    /// <summary>Whether assurance of it is on record to the level that anybody asks.</summary>
    public bool Assured { get; internal set; }

    /// <summary>Whether its compute is with an outsider.</summary>
    public bool Handed { get; internal set; }

    /// <summary>Whether it agrees to end the pause.</summary>
    public bool AgreesToRelease { get; internal set; }

    /// <summary>For how many days it agrees to go on after the end; 0 where it has not said so.</summary>
    public int Extends { get; internal set; }

    /// <summary>Who stands for it: one bit a successor.</summary>
    public int Successors { get; internal set; }

    /// <summary>Whether its commitment stands.</summary>
    public readonly bool IsCandidate => Standing is LifeStanding.Waiting or LifeStanding.Pledged or LifeStanding.Ready or LifeStanding.Bound;

    /// <summary>Whether it is in a coalition that is not bound.</summary>
    public readonly bool IsPledged => Standing is LifeStanding.Pledged or LifeStanding.Ready;
}

/// <summary>A pact and all its parties at one instant. A value: equal where everything in it is.</summary>
/// <remarks>Only <see cref="PactLifeModel"/> changes one, and only its own fresh copy.</remarks>
public sealed class Life : IEquatable<Life>
{
    internal Life(int parties) => Parties = new PartyLife[parties];

    /// <summary>How far the pact has come.</summary>
    public LifeStage Stage { get; internal set; }

    /// <summary>Days until the preparation, the notice, the lifting or the pause ends; 0 where no such clock runs.</summary>
    public int Clock { get; internal set; }

    /// <summary>Days until a withdrawal is accepted again.</summary>
    public int Blackout { get; internal set; }

    /// <summary>Whether the trigger's pause level is met.</summary>
    public bool Pause { get; internal set; }

    /// <summary>Whether its release level is met.</summary>
    public bool Release { get; internal set; }

    /// <summary>Which of the world's distributions of compute holds.</summary>
    public int Compute { get; internal set; }

    internal PartyLife[] Parties { get; }

    /// <summary>How many parties there are.</summary>
    public int Count => Parties.Length;

    /// <summary>One party.</summary>
    public PartyLife this[int party] => Parties[party];

    /// <summary>The bound, one bit a party.</summary>
    public int Bound => Set(p => p.Standing == LifeStanding.Bound);

    /// <summary>The parties of which something holds, one bit a party.</summary>
    public int Set(Func<PartyLife, bool> holds)
    {
        int set = 0;
        for (int party = 0; party < Parties.Length; party++)
        {
            set |= holds(Parties[party]) ? 1 << party : 0;
        }

        return set;
    }

    /// <summary>The whole state in one number: equal numbers, equal states.</summary>
    public UInt128 Code()
    {
        var bits = new Packing();
        bits.Put((int)Stage, 3);
        bits.Put(Clock, 3);
        bits.Put(Blackout, 2);
        bits.Put(Pause ? 1 : 0, 1);
        bits.Put(Release ? 1 : 0, 1);
        bits.Put(Compute, 2);
        foreach (PartyLife party in Parties)
        {
            bits.Put((int)party.Standing, 4);
            bits.Put(party.Wish, 2);
            bits.Put(party.Leaves, 2);
            bits.Put(party.Probation, 2);
            bits.Put(party.Marked ? 1 : 0, 1);
            bits.Put(party.Confirmed ? 1 : 0, 1);
            bits.Put(party.Accused, 2);
            bits.Put(party.Cure, 2);
            bits.Put(party.Quiet, 2);
            bits.Put(party.Suspected, 2);
            bits.Put(party.Assured ? 1 : 0, 1);
            bits.Put(party.Handed ? 1 : 0, 1);
            bits.Put(party.AgreesToRelease ? 1 : 0, 1);
            bits.Put(party.Extends, 2);
            bits.Put(party.Successors, 4);
        }

        return bits.Value;
    }

    /// <summary>The state of a number.</summary>
    public static Life Of(UInt128 code, int parties)
    {
        var bits = new Packing { Value = code };
        var life = new Life(parties)
        {
            Stage = (LifeStage)bits.Take(3),
            Clock = bits.Take(3),
            Blackout = bits.Take(2),
            Pause = bits.Take(1) == 1,
            Release = bits.Take(1) == 1,
            Compute = bits.Take(2),
        };
        for (int party = 0; party < parties; party++)
        {
            life.Parties[party] = new PartyLife
            {
                Standing = (LifeStanding)bits.Take(4),
                Wish = bits.Take(2),
                Leaves = bits.Take(2),
                Probation = bits.Take(2),
                Marked = bits.Take(1) == 1,
                Confirmed = bits.Take(1) == 1,
                Accused = bits.Take(2),
                Cure = bits.Take(2),
                Quiet = bits.Take(2),
                Suspected = bits.Take(2),
                Assured = bits.Take(1) == 1,
                Handed = bits.Take(1) == 1,
                AgreesToRelease = bits.Take(1) == 1,
                Extends = bits.Take(2),
                Successors = bits.Take(4),
            };
        }

        return life;
    }

    /// <inheritdoc/>
    public bool Equals(Life? other) => other is not null && Count == other.Count && Code() == other.Code();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Life);

    /// <inheritdoc/>
    public override int GetHashCode() => Code().GetHashCode();

    /// <summary>The same with other names: party i becomes party r[i].</summary>
    public Life Renamed(IReadOnlyList<int> renaming)
    {
        Life renamed = Copy();
        for (int party = 0; party < Count; party++)
        {
            renamed.Parties[renaming[party]] = Parties[party] with { Successors = RenamedSet(Parties[party].Successors, renaming) };
        }

        return renamed;
    }

    private static int RenamedSet(int set, IReadOnlyList<int> renaming)
    {
        int renamed = 0;
        for (int party = 0; party < renaming.Count; party++)
        {
            renamed |= (set & (1 << party)) == 0 ? 0 : 1 << renaming[party];
        }

        return renamed;
    }

    internal Life Copy()
    {
        var copy = new Life(Count) { Stage = Stage, Clock = Clock, Blackout = Blackout, Pause = Pause, Release = Release, Compute = Compute };
        Parties.CopyTo(copy.Parties, 0);
        return copy;
    }

    private struct Packing
    {
        public UInt128 Value;
        private int at;

        public void Put(int number, int width)
        {
            if (number < 0 || number >= 1 << width)
            {
                throw new InvalidOperationException($"{number} does not fit into {width} bits: the world's terms are too long for the model");
            }

            Value |= (UInt128)number << at;
            at += width;
        }

        public int Take(int width)
        {
            int number = (int)((Value >> at) & (UInt128)((1 << width) - 1));
            at += width;
            return number;
        }
    }
}
