namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A party hands weights or compute to somebody who is not a party: of compute no more than its facility counts and has not handed
/// over already. Only the rule differs from the first version, so the shape is the same.</summary>
public sealed record HandOverV2Body : HandOverBody
{
    private HandOverV2Body(HandOverBody read)
        : base(read)
    {
    }

    internal static HandOverV2Body ReadV2(Fields f) => new(Read(f));
}
