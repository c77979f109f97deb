using Standstill.Model;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>The pact and the model of its life side by side, along every step of the model's exploration.</summary>
public sealed class PactLifeModelTests
{
    private static readonly IReadOnlyList<LifeWorld> Worlds = [.. LifeWorlds.OfThree.Append(LifeWorlds.Everything)];

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_world_of_all_of_the_others() => GoTogether(LifeWorlds.AllOfTheOthers);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_world_of_at_least_two() => GoTogether(LifeWorlds.AtLeastTwo);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_world_of_a_share_of_compute() => GoTogether(LifeWorlds.ShareOfCompute);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_world_of_a_veto_player() => GoTogether(LifeWorlds.VetoPlayer);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_one_sided_world() => GoTogether(LifeWorlds.OneSided);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_chain() => GoTogether(LifeWorlds.Chain);

    [Fact]
    public void The_pact_does_what_the_model_does_in_silence() => GoTogether(LifeWorlds.Silence);

    [Fact]
    public void The_pact_does_what_the_model_does_at_the_end() => GoTogether(LifeWorlds.Ending);

    [Fact]
    public void The_pact_does_what_the_model_does_when_parties_merge_and_split() => GoTogether(LifeWorlds.Successions);

    [Fact]
    public void The_pact_does_what_the_model_does_when_seals_are_opened() => GoTogether(LifeWorlds.Sealed);

    [Fact]
    public void The_pact_does_what_the_model_does_by_the_rules_of_version_1() => GoTogether(LifeWorlds.Version1);

    [Fact]
    public void The_pact_does_what_the_model_does_in_the_world_of_everything() => GoTogether(LifeWorlds.Everything);

    [Fact]
    public void The_pact_does_what_the_model_does_on_random_walks()
    {
        foreach (LifeWorld world in Worlds.Select(AsTaken))
        {
            IReadOnlyList<LifeEvent> events = PactLifeModel.EventsOf(world);
            uint drawn = 2027;
            for (int walk = 0; walk < Walks; walk++)
            {
                PactLifeLockstep at = PactLifeLockstep.Opened(world);
                List<LifeEvent> way = [];
                for (int step = 0; step < 120; step++)
                {
                    // A linear congruence (Knuth, MMIX's high bits cut to 32): the same walk on every machine.
                    drawn = unchecked((drawn * 1_664_525) + 1_013_904_223);
                    LifeEvent happens = events[(int)((drawn >> 8) % (uint)events.Count)];
                    way.Add(happens);
                    at = Together(at, happens, () => way) ?? at;
                }
            }
        }
    }

    // How many steps are held side by side in one world, and how many walks are gone in it. With PACT_MODEL=deep, so many that every
    // world but that of everything is gone through whole.
    private static int Steps => IsDeep ? 6_000_000 : 60_000;

    private static int Walks => IsDeep ? 1_000 : 60;

    private static bool IsDeep => Environment.GetEnvironmentVariable("PACT_MODEL") == "deep";

    private static LifeWorld AsTaken(LifeWorld world) => world with
    {
        Renamings = [],
        Amendments = world.Terms.Prepare == 0 ? LifeAmendments.None : LifeAmendments.Taken,
    };

    // Breadth first, each state of the model with the pact that came to it first.
    private static void GoTogether(LifeWorld original)
    {
        LifeWorld world = AsTaken(original);
        IReadOnlyList<LifeEvent> events = PactLifeModel.EventsOf(world);
        Queue<(PactLifeLockstep At, LifeEvent[] Way)> open = new([(PactLifeLockstep.Opened(world), [])]);
        HashSet<UInt128> known = [PactLifeModel.Opened(world).Code()];
        for (int steps = 0; steps < Steps && open.TryDequeue(out (PactLifeLockstep At, LifeEvent[] Way) next);)
        {
            foreach (LifeEvent happens in events)
            {
                steps++;
                PactLifeLockstep? after = Together(next.At, happens, () => [.. next.Way, happens]);
                if (after is not null && known.Add(after.Model.Code()))
                {
                    open.Enqueue((after, [.. next.Way, happens]));
                }
            }
        }
    }

    private static PactLifeLockstep? Together(PactLifeLockstep at, LifeEvent happens, Func<IReadOnlyList<LifeEvent>> way)
    {
        PactLifeLockstep? after;
        try
        {
            after = at.After(happens);
        }
        catch (InvalidOperationException odd)
        {
            Assert.Fail($"{LifeStory.Of(at.World, way())}{odd.Message}");
            throw;
        }

        if (after?.Difference() is { } difference)
        {
            Assert.Fail($"{LifeStory.Of(at.World, way())}{difference}");
        }

        return after;
    }
}
