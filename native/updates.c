// The Node-API side of update.c: lists of arrays, cut into pieces that threads take in turns. Every float is updated by itself, so the bits do not
// depend on the pieces.
#include "addon.h"
#include <stdlib.h>

/** Floats of a piece: with four arrays it fits an L2 cache. */
enum { PIECE = 16384, MOST_ARRAYS = 4 };

/** An array of each list, all of one length. */
typedef struct {
  float *arrays[MOST_ARRAYS];
  size_t length;
} Item;

typedef struct {
  size_t item, start;
} Piece;

typedef struct {
  const Kernels *kernels;
  Item *items;
  Piece *pieces;
  size_t itemCount, pieceCount;
  /** AdamW's numbers, six an item. */
  const float *settings;
  float share;
} Updates;

static bool readItem(napi_env env, const napi_value *lists, size_t count, uint32_t i, Item *item) {
  for (size_t list = 0; list < count; list++) {
    napi_value array;
    size_t length = 0;
    if (napi_get_element(env, lists[list], i, &array) != napi_ok || !floatsOfArray(env, array, &item->arrays[list], &length) ||
        (list > 0 && length != item->length))
      return false;
    item->length = length;
  }
  return true;
}

static void freeUpdates(Updates *updates) {
  free(updates->items);
  free(updates->pieces);
}

/** The items of lists of equal length, and their pieces; false once something was thrown. */
static bool readUpdates(napi_env env, const napi_value *lists, size_t count, Updates *updates) {
  uint32_t length = 0;
  for (size_t list = 0; list < count; list++) {
    uint32_t found = 0;
    if (napi_get_array_length(env, lists[list], &found) != napi_ok || (list > 0 && found != length)) {
      fail(env, "the arguments are not lists of one length");
      return false;
    }
    length = found;
  }
  updates->items = calloc((size_t)length + 1, sizeof(Item));
  updates->itemCount = length;
  for (uint32_t i = 0; updates->items && i < length; i++) {
    if (!readItem(env, lists, count, i, &updates->items[i])) {
      fail(env, "the arrays are not Float32Arrays of one length");
      return false;
    }
    updates->pieceCount += (updates->items[i].length + PIECE - 1) / PIECE;
  }
  updates->pieces = calloc(updates->pieceCount + 1, sizeof(Piece));
  if (!updates->items || !updates->pieces) {
    fail(env, "out of memory");
    return false;
  }
  Piece *piece = updates->pieces;
  for (size_t i = 0; i < length; i++)
    for (size_t start = 0; start < updates->items[i].length; start += PIECE) *piece++ = (Piece){i, start};
  return true;
}

static size_t lengthOf(const Item *item, size_t start) { return item->length - start < PIECE ? item->length - start : PIECE; }

static void adamWPiece(void *data, size_t index) {
  const Updates *updates = data;
  const Piece piece = updates->pieces[index];
  const Item *item = &updates->items[piece.item];
  const float *n = updates->settings + 6 * piece.item;
  float *const *arrays = item->arrays;
  updates->kernels->adamW(lengthOf(item, piece.start), arrays[0] + piece.start, arrays[1] + piece.start, arrays[2] + piece.start,
                          arrays[3] + piece.start, (AdamW){n[0], n[1], n[2], n[3], n[4], n[5]});
}

static void movePiece(void *data, size_t index) {
  const Updates *updates = data;
  const Piece piece = updates->pieces[index];
  const Item *item = &updates->items[piece.item];
  updates->kernels->moveToward(lengthOf(item, piece.start), item->arrays[0] + piece.start, item->arrays[1] + piece.start, updates->share);
}

static bool threadsOf(napi_env env, napi_value value, uint32_t *threads) {
  if (napi_get_value_uint32(env, value, threads) == napi_ok && *threads >= 1 && *threads <= 1024) return true;
  fail(env, "threads is not a number from 1 to 1024");
  return false;
}

/** adamW(threads, w, g, first, second, numbers): lists of arrays, and six numbers for each of them, see AdamW in kernels.h. */
napi_value adamW(napi_env env, napi_callback_info info) {
  napi_value values[6];
  uint32_t threads = 0;
  float *settings;
  size_t count = 0;
  Updates updates = {.kernels = takeKernels(env)};
  if (!updates.kernels || !takeArguments(env, info, 6, values) || !threadsOf(env, values[0], &threads)) return 0;
  if (readUpdates(env, values + 1, 4, &updates)) {
    if (floatsOfArray(env, values[5], &settings, &count) && count == 6 * updates.itemCount) {
      updates.settings = settings;
      onOwnThreads((int)threads, adamWPiece, updates.pieceCount, &updates);
    } else
      fail(env, "AdamW has six numbers an array");
  }
  freeUpdates(&updates);
  return 0;
}

/** moveToward(threads, to, from, share): to += share * (from - to), for lists of arrays. */
napi_value moveToward(napi_env env, napi_callback_info info) {
  napi_value values[4];
  uint32_t threads = 0;
  double share = 0;
  Updates updates = {.kernels = takeKernels(env)};
  if (!updates.kernels || !takeArguments(env, info, 4, values) || !threadsOf(env, values[0], &threads)) return 0;
  if (napi_get_value_double(env, values[3], &share) != napi_ok) return fail(env, "the share is not a number");
  updates.share = (float)share;
  if (readUpdates(env, values + 1, 2, &updates)) onOwnThreads((int)threads, movePiece, updates.pieceCount, &updates);
  freeUpdates(&updates);
  return 0;
}
