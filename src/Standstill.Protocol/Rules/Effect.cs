namespace Standstill.Protocol.Rules;

/// <summary>What a rule makes of a statement: the world after it, or why not.</summary>
internal readonly record struct Effect(World? World, Fault? Refusal)
{
    public static Effect Of(World world) => new(world, null);

    public static Effect Refuse(string place, string message, string remedy) => new(null, new Fault(place, message, remedy));
}
