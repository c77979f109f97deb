using System.Runtime.InteropServices;

namespace Standstill.Model;

/// <summary>Every state that a world can reach, with everything that can happen in each: breadth first, so that the way to a state is
/// a shortest one.</summary>
public sealed class LifeExploration
{
    private readonly LifeWorld world;
    private readonly Dictionary<UInt128, int> known = [];
    private readonly List<UInt128> codes = [];
    private readonly List<(int From, LifeEvent Event)> ways = [];

    private LifeExploration(LifeWorld world) => this.world = world;

    /// <summary>How many states were reached.</summary>
    public int States => codes.Count;

    /// <summary>How many steps there are between them.</summary>
    public long Edges { get; private set; }

    /// <summary>Whether nothing is left to explore.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The first fault of each claim that fails, as a story.</summary>
    public Dictionary<LifeClaim, string> Faults { get; } = [];

    /// <summary>Where a day leads from each state, in the order in which they were reached.</summary>
    public List<int> Tomorrow { get; } = [];

    /// <summary>Explores a world until all is seen or so many states are known.</summary>
    public static LifeExploration Of(LifeWorld world, IReadOnlyList<LifeClaim> claims, int most = int.MaxValue)
    {
        var exploration = new LifeExploration(world);
        exploration.Explore(claims, most);
        return exploration;
    }

    /// <summary>A state by the order in which it was reached.</summary>
    public Life this[int state] => Life.Of(codes[state], world.Parties);

    /// <summary>A shortest way to a state, as a story.</summary>
    public string Story(int state) => LifeStory.Of(world, WayTo(state));

    /// <summary>A shortest way to a state.</summary>
    public IReadOnlyList<LifeEvent> WayTo(int state)
    {
        List<LifeEvent> way = [];
        for (int at = state; ways[at].From >= 0; at = ways[at].From)
        {
            way.Add(ways[at].Event);
        }

        way.Reverse();
        return way;
    }

    private void Explore(IReadOnlyList<LifeClaim> claims, int most)
    {
        IReadOnlyList<LifeEvent> events = PactLifeModel.EventsOf(world);
        _ = Reach(PactLifeModel.Opened(world), -1, default);
        for (int at = 0; at < codes.Count; at++)
        {
            if (codes.Count > most)
            {
                return;
            }

            Life before = this[at];
            foreach (LifeClaim claim in claims)
            {
                if (claim.OfState?.Invoke(world, before) is { } fault)
                {
                    Note(claim, WayTo(at), fault);
                }
            }

            foreach (LifeEvent happens in events)
            {
                Life? after = PactLifeModel.After(world, before, happens);
                int to = after is null ? at : Reach(after, at, happens);
                if (happens.Kind == LifeEventKind.Day)
                {
                    Tomorrow.Add(to);
                }
                if (after is null)
                {
                    continue;
                }

                Edges++;
                foreach (LifeClaim claim in claims)
                {
                    if (claim.OfStep?.Invoke(world, before, happens, after) is { } fault)
                    {
                        Note(claim, [.. WayTo(at), happens], fault);
                    }
                }
            }
        }

        IsComplete = true;
    }

    private void Note(LifeClaim claim, IReadOnlyList<LifeEvent> way, string fault)
    {
        if (!Faults.ContainsKey(claim))
        {
            Faults.Add(claim, $"{LifeStory.Of(world, way)}{fault}");
        }
    }

    private int Reach(Life life, int from, LifeEvent by)
    {
        ref int state = ref CollectionsMarshal.GetValueRefOrAddDefault(known, Canonical(life), out bool exists);
        if (!exists)
        {
            state = codes.Count;
            codes.Add(life.Code());
            ways.Add((from, by));
        }

        return state;
    }

    // The smallest code among the renamings that change nothing in the world. Sound, since no rule asks for the order of parties:
    // a renaming of a state's successor is a successor of the renamed state, by the renamed event, and claims that ask for no party
    // by its number hold of both or of neither. A test holds every step of a world without this against its renamings.
    private UInt128 Canonical(Life life)
    {
        UInt128 least = life.Code();
        foreach (IReadOnlyList<int> renaming in world.Renamings)
        {
            least = UInt128.Min(least, life.Renamed(renaming).Code());
        }

        return least;
    }
}
