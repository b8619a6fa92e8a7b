// How feature maps lie in memory.

/** Channels that lie together: the block of the blocked layout (8 on AVX2, 16 on AVX-512), or 1 for plain [N, C, H, W]. */
export type ChannelBlock = 1 | 8 | 16;
